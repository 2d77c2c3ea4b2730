"""What every page shares: the frame, its parts, forms, tables, scripts. It knows no app: the apps come to it."""
