"""Static files under names with their hash, our script modules included, so that a browser may keep them for ever.

Django rewrites the imports of modules only on demand, and would follow the source map comments of vendor files,
whose maps no package carries. So the patterns are said here: styles as Django does, imports in our own modules.
"""

from __future__ import annotations

from django.contrib.staticfiles.storage import HashedFilesMixin
from servestatic.storage import CompressedManifestStaticFilesStorage

_STYLES = next(patterns for patterns in HashedFilesMixin.patterns if patterns[0] == "*.css")
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]


class NoaberStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    patterns = (_STYLES, ("noaber/js/*.js", _IMPORTS))
