"""The addresses of the contact points."""

from __future__ import annotations

from django.urls import path

from noaber.apps.registry.views import contact_book, contacts

urlpatterns = [
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/new", contacts.contact_new, name="contact-new"),
    path("contacts/gaps", contact_book.contact_gaps_page, name="contact-gaps"),
    path("contacts/routine", contact_book.contact_routine, name="contact-routine"),
    path("contacts/telephone-list", contact_book.telephone_list, name="telephone-list"),
    path("contacts/cards", contact_book.contact_cards, name="contact-cards"),
    path("contacts/all.vcf", contact_book.contact_vcards, name="contact-vcards"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/card.vcf", contact_book.contact_vcard, name="contact-vcard"),
    path("contacts/<int:pk>/edit", contacts.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/verify", contacts.contact_verify, name="contact-verify"),
    path("contacts/<int:pk>/withdraw", contacts.contact_withdraw, name="contact-withdraw"),
]
