"""How allauth behaves here: nobody signs up by themselves; an administrator makes the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Says in our words what allauth would say in its own."""

    error_messages: ClassVar[Mapping[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the administrator of your organisation."),
        "enter_current_password": _("Give your present password."),
        "incorrect_code": _("This code is not right. Give the one that the app shows now."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _("Signing in failed too often. Wait some minutes, then try again."),
        "username_password_mismatch": _("The user name or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
