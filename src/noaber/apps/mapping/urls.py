from __future__ import annotations

from noaber.apps.mapping import question_urls

urlpatterns = [
    *question_urls.urlpatterns,
]
