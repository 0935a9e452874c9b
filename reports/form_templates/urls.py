"""Addresses of the blanks of superior committees."""

from django.urls import path

from . import views

urlpatterns = [
    path("mau-bieu/them/", views.AddBlank.as_view(), name="blank-add"),
    path("mau-bieu/<int:pk>/", views.BlankPage.as_view(), name="blank"),
    path("mau-bieu/<int:pk>/da-dien.xlsx", views.FilledFile.as_view(), name="blank-file"),
    path("mau-bieu/<int:pk>/tep-goc.xlsx", views.OriginalFile.as_view(), name="blank-original"),
    path("mau-bieu/<int:pk>/thay-tep/", views.ReplaceFile.as_view(), name="blank-replace"),
    path("mau-bieu/<int:pk>/ten/", views.Rename.as_view(), name="blank-rename"),
    path("mau-bieu/<int:pk>/thoi-dung/", views.Stop.as_view(), name="blank-stop"),
    path("mau-bieu/<int:pk>/dung-lai/", views.Resume.as_view(), name="blank-resume"),
    path("mau-bieu/<int:pk>/o/<int:sheet>/<place>/", views.Bind.as_view(), name="blank-bind"),
    path("mau-bieu/<int:pk>/bo-gan/<int:cell>/", views.Unbind.as_view(), name="blank-unbind"),
]
