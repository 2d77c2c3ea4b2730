"""Reference data of the field, with the loaders that read it: vocabulary, organisations, places, texts.

Data that ships with the product and is the same everywhere. No Django and no database: the apps copy from here
what their users may then change.
"""

from noaber.reference.legal_texts import agreements, channel_names, role_names, source_addresses

__all__ = ["agreements", "channel_names", "role_names", "source_addresses"]
