"""Addresses of the pages about people."""

from django.urls import path

from .views import member, members, people_grid

urlpatterns = [
    path("dang-vien/", members.MemberListView.as_view(), name="members"),
    path("dang-vien/xuat.<form>", members.MemberListFileView.as_view(), name="members-file"),
    path("dang-vien/bang/", people_grid.PeopleGridView.as_view(), name="members-grid"),
    path("dang-vien/chon/", members.BulkActionView.as_view(), name="members-chosen"),
    path("dang-vien/sua-chung/<slug:field>/", members.BulkUpdateView.as_view(), name="members-edit"),
    path("dang-vien/them/", member.MemberCreateView.as_view(), name="member-add"),
    path("goi-y/dang-vien/", members.MemberSuggestionsView.as_view(), name="member-suggestions"),
    path("dang-vien/<int:pk>/", member.MemberDetailView.as_view(), name="member"),
    path("dang-vien/<int:pk>/<slug:action>/", member.MemberUpdateView.as_view(), name="member-form"),
]
