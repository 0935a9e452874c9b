"""Addresses of the pages about people."""

from django.urls import path

from .views import duplicates, lists, person

urlpatterns = [
    path("dang-vien/", lists.People.as_view(), name="members"),
    path("dang-vien/xuat.<form>", lists.PeopleFile.as_view(), name="members-file"),
    path("dang-vien/chon/", lists.Chosen.as_view(), name="members-chosen"),
    path("dang-vien/sua-chung/<slug:field>/", lists.ChangeChosen.as_view(), name="members-edit"),
    path("dang-vien/them/", person.AddMember.as_view(), name="member-add"),
    path("dang-vien/trung/", duplicates.Duplicates.as_view(), name="members-duplicates"),
    path("dang-vien/trung/<int:keep>/<int:other>/", duplicates.Merge.as_view(), name="members-merge"),
    path("dang-vien/<int:pk>/", person.Person.as_view(), name="member"),
    path("dang-vien/<int:pk>/<slug:action>/", person.PersonForm.as_view(), name="member-form"),
]
