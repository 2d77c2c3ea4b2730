"""Reference data of the field, with the loaders that read it: vocabulary, organisations, places, texts.

Data that ships with the product and is the same everywhere. No Django and no database: the apps copy from here
what their users may then change.
"""
