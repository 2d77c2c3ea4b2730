"""The pages for when something went wrong: they ask nothing of the database, which this folder forbids."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import translation

from noaber.web.views import csrf_failure, server_error

pytestmark = pytest.mark.urls("pages.framesite.urls")


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize(("view", "status"), [(server_error, 500), (csrf_failure, 403)])
def test_a_failure_is_said_without_a_database(rf: RequestFactory, view, status: int, language: str) -> None:
    with translation.override(language):
        response = view(rf.get("/"))
    assert response.status_code == status
    assert f'<html lang="{language}"' in response.content.decode()
