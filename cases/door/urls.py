"""The addresses of the page at the door; its worker serves what lies below the first of them."""

from django.urls import path

from cases.door import views

urlpatterns = [
    path("", views.page_view, name="door"),
    path("worker.js", views.worker_view, name="door_worker"),
    path("officer", views.officer_view, name="door_officer"),
    path("lookup", views.lookup_view, name="door_lookup"),
    path("declarations", views.declarations_view, name="door_declarations"),
    path("declarations/<uuid:external_id>/photographs", views.photographs_view, name="door_photographs"),
]
