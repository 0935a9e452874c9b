"""Addresses of the pages about people."""

from django.urls import path

from members.duplicates import views

from .views import member, members

urlpatterns = [
    path("dang-vien/", members.People.as_view(), name="members"),
    path("dang-vien/xuat.<form>", members.PeopleFile.as_view(), name="members-file"),
    path("dang-vien/chon/", members.Chosen.as_view(), name="members-chosen"),
    path("dang-vien/sua-chung/<slug:field>/", members.ChangeChosen.as_view(), name="members-edit"),
    path("dang-vien/them/", member.AddMember.as_view(), name="member-add"),
    path("dang-vien/trung/", views.Duplicates.as_view(), name="members-duplicates"),
    path("dang-vien/trung/<int:keep>/<int:other>/", views.Merge.as_view(), name="members-merge"),
    path("dang-vien/<int:pk>/", member.Person.as_view(), name="member"),
    path("dang-vien/<int:pk>/<slug:action>/", member.PersonForm.as_view(), name="member-form"),
]
