from django.urls import path

from noaber.apps.planner import capacity_page, desk, joint_views, log_views, open_views, views

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("capacities/<int:pk>/reserved", capacity_page.reserved, name="capacity-reserved"),
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/new", views.incident_new, name="incident-new"),
    path("incidents/plan/", joint_views.joint_plan, name="joint-plan"),
    path("incidents/<str:number>/", views.incident, name="incident"),
    path("incidents/<str:number>/edit", views.incident_edit, name="incident-edit"),
    path("incidents/<str:number>/close", views.close, name="incident-close"),
    path("incidents/<str:number>/reopen", views.reopen, name="incident-reopen"),
    path("incidents/<str:number>/log", log_views.log_write, name="log-write"),
    path("incidents/<str:number>/log/<int:pk>/strike", log_views.log_strike, name="log-strike"),
    path("incidents/<str:number>/leave", open_views.leave_open, name="incident-leave"),
    path("incidents/<str:number>/needs/new", views.need_edit, name="need-new"),
    path("incidents/<str:number>/needs/<str:code>/", views.need_edit, name="need"),
    path("incidents/<str:number>/needs/<str:code>/remove", views.need_remove, name="need-remove"),
    path("incidents/<str:number>/needs/<str:code>/plan/<str:action>", views.adjust, name="plan-adjust"),
    path("incidents/<str:number>/needs/<str:code>/accept", views.near_miss_accept, name="near-miss-accept"),
    path("incidents/<str:number>/propose", views.propose, name="propose"),
    path("incidents/<str:number>/proposal", views.proposal, name="proposal"),
    path("incidents/<str:number>/restore", views.restore, name="plan-restore"),
    path("incidents/<str:number>/alert/<int:pk>", views.alert, name="plan-alert"),
    path("incidents/<str:number>/draft/<int:pk>", views.draft, name="plan-draft"),
    path("incidents/<str:number>/ask", views.ask, name="incident-ask"),
    path("incidents/<str:number>/review", views.review, name="incident-review"),
    path("incidents/<str:number>/send", views.send_all, name="incident-send"),
]
