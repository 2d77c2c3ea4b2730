from __future__ import annotations

from django.urls import path

from noaber.apps.actions.views import actions, calendar, recommendations

urlpatterns = [
    path("actions/", actions.actions, name="actions"),
    path("actions/new", actions.action_new, name="action-new"),
    path("actions/register.pdf", actions.action_register, name="actions-register"),
    path("actions/calendar", calendar.calendar, name="actions-calendar"),
    path("actions/calendar/<int:pk>/<str:token>.ics", calendar.feed, name="actions-feed"),
    path("actions/<str:number>/", actions.action, name="action"),
    path("actions/<str:number>/edit", actions.action_edit, name="action-edit"),
    path("actions/<str:number>/report", actions.action_report, name="action-report"),
    path("actions/<str:number>/finish", actions.action_finish, name="action-finish"),
    path("actions/<str:number>/drop", actions.action_drop, name="action-drop"),
    path("actions/<str:number>/reopen", actions.action_reopen, name="action-reopen"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/new", recommendations.recommendation_new, name="recommendation-new"),
    path("recommendations/register.pdf", recommendations.recommendation_register, name="recommendations-register"),
    path("recommendations/<str:number>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<str:number>/edit", recommendations.recommendation_edit, name="recommendation-edit"),
    path("recommendations/<str:number>/accept", recommendations.recommendation_accept, name="recommendation-accept"),
    path("recommendations/<str:number>/decline", recommendations.recommendation_decline, name="recommendation-decline"),
    path(
        "recommendations/<str:number>/carried-out",
        recommendations.recommendation_carried_out,
        name="recommendation-carried-out",
    ),
]
