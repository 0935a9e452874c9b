"""Addresses of the blanks of superior committees."""

from django.urls import path

from . import views

urlpatterns = [
    path("mau-bieu/them/", views.FormTemplateCreateView.as_view(), name="blank-add"),
    path("mau-bieu/<int:pk>/", views.FormTemplateView.as_view(), name="blank"),
    path("mau-bieu/<int:pk>/da-dien.xlsx", views.FilledFileView.as_view(), name="blank-file"),
    path("mau-bieu/<int:pk>/tep-goc.xlsx", views.OriginalFileView.as_view(), name="blank-original"),
    path("mau-bieu/<int:pk>/thay-tep/", views.ReplaceFileView.as_view(), name="blank-replace"),
    path("mau-bieu/<int:pk>/ten/", views.RenameFormTemplateView.as_view(), name="blank-rename"),
    path("mau-bieu/<int:pk>/thoi-dung/", views.StopFormTemplateView.as_view(), name="blank-stop"),
    path("mau-bieu/<int:pk>/dung-lai/", views.ResumeFormTemplateView.as_view(), name="blank-resume"),
    path("mau-bieu/<int:pk>/o/<int:sheet>/<place>/", views.BindCellView.as_view(), name="blank-bind"),
    path("mau-bieu/<int:pk>/bo-gan/<int:cell>/", views.UnbindCellView.as_view(), name="blank-unbind"),
]
