"""The steps of documents."""

from __future__ import annotations

from typing import Any

from actions_builders import make_centres
from library_builders import make_document, make_version
from noaber.apps.accounts.acting import Acting
from noaber.apps.library.enums import DocumentKind
from noaber.apps.library.services import documents
from noaber.apps.library.values import DocumentData
from steps import Step
from steps.actions import of_brussels


def document() -> tuple[Acting, Any]:
    brussels, *_ = make_centres()
    return brussels, make_document(brussels)


STEPS = {
    "add_document": Step(of_brussels, lambda acting, _centre: make_document(acting)),
    "change_document": Step(
        document,
        lambda acting, record: documents.change_document(
            acting, record, DocumentData(title="Note", language="fr", kind=DocumentKind.REPORT)
        ),
    ),
    "add_version": Step(
        document,
        lambda acting, record: documents.add_version(acting, record, make_version(content=b"Une autre.", note="New.")),
    ),
    "withdraw_document": Step(
        document, lambda acting, record: documents.withdraw_document(acting, record, reason="By mistake.")
    ),
}
NO_STEPS = {"lead_on": "a part of adding a record that came from another"}
