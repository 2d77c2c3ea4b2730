from __future__ import annotations

from django.urls import path

from noaber.apps.campaigns.views import asks, campaigns, invited, results

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new", campaigns.campaign_new, name="campaign-new"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/edit", campaigns.campaign_edit, name="campaign-edit"),
    path("campaigns/<int:pk>/open", campaigns.campaign_open, name="campaign-open"),
    path("campaigns/<int:pk>/close", campaigns.campaign_close, name="campaign-close"),
    path("campaigns/<int:pk>/ask", campaigns.ask_new, name="campaign-ask-new"),
    path("campaigns/<int:pk>/reminders", asks.reminders, name="campaign-reminders"),
    path("campaigns/<int:pk>/organisations/<str:code>/", results.result, name="campaign-result"),
    path("campaigns/asks/<int:pk>/", asks.ask, name="campaign-ask"),
    path("campaigns/asks/<int:pk>/answer", asks.ask_answer, name="campaign-ask-answer"),
    path("campaigns/asks/<int:pk>/correct", asks.ask_correct, name="campaign-ask-correct"),
    path("campaigns/asks/<int:pk>/add", asks.ask_add, name="campaign-ask-add"),
    path("campaigns/asks/<int:pk>/edit", asks.ask_edit, name="campaign-ask-edit"),
    path("campaigns/asks/<int:pk>/remove", asks.ask_remove, name="campaign-ask-remove"),
    path("campaigns/asks/<int:pk>/remind", asks.ask_remind, name="campaign-ask-remind"),
    path("campaigns/asks/<int:pk>/invite", asks.ask_invite, name="campaign-invite"),
    path("campaigns/invitations/<int:pk>/revoke", asks.invitation_revoke, name="campaign-invitation-revoke"),
    path("campaigns/versions/<int:pk>/", results.version, name="campaign-version"),
    path("i/<str:secret>/", invited.invited, name="invited"),
    path("i/<str:secret>/answer", invited.invited_answer, name="invited-answer"),
    path("i/<str:secret>/correct", invited.invited_correct, name="invited-correct"),
    path("i/<str:secret>/add", invited.invited_add, name="invited-add"),
]
