from django.urls import path

from noaber.apps.accounts import reach, views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("feed", views.feed, name="feed"),
    path("act-for", views.act_for, name="act-for"),
    path("sharing/reach", reach.reach, name="reach"),
    path("language", views.language, name="language"),
]
