"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "accounts.acting-changed": _(
        "This page was opened for %(opened)s; meanwhile you act for %(acting)s. Nothing was done. "
        "Change back to %(opened)s, or open the page anew."
    ),
    "accounts.role.read": _("You do not belong to this organisation. Ask its administrator."),
    "accounts.role.open-incident": _("Your role does not open or change incidents; a duty officer or director does."),
    "accounts.role.send-request": _("Your role does not send requests; a duty officer or director does."),
    "accounts.role.answer-request": _("Your role does not answer requests; a duty officer or director does."),
    "accounts.role.report-deployment": _("Your role does not report on deployments; a duty officer does."),
    "accounts.role.keep-log": _("Your role does not write in the log; a duty officer, planner or director does."),
    "accounts.role.sign-off": _("Only a director signs off. Ask yours, by phone if need be, and record it."),
    "accounts.role.edit-capacities": _("Your role does not change capacities; a planner or duty officer does."),
    "accounts.role.edit-agreements": _("Your role does not change agreements; a planner or policy officer does."),
    "accounts.role.edit-contacts": _("Your role does not change contact points. Ask a colleague who may."),
    "accounts.role.close-roads": _("Your role does not close roads; a duty officer or planner does."),
    "accounts.role.cooperate": _(
        "Your role does not change the work of the cooperation; a policy officer, planner or director does."
    ),
    "accounts.role.manage-installation": _(
        "Only an administrator of an organisation that works here changes what is installed."
    ),
    "accounts.role.manage-people": _("Only an administrator of your organisation manages its people."),
}
