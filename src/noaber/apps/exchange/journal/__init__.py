"""The journal of each organisation: signing, appending, guarding, erasing and verifying it."""
