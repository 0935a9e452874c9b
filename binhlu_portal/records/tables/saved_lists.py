"""Lists kept under a name: each account sees, opens and forgets its own only."""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views import View

from binhlu_portal.request_values import own_address
from binhlu_portal.text.vietnamese import clean

from .models import SavedList

PASSING = ("ngay", "tu", "nam", "trang", "cho")
"""What of an address is not kept: the days, so that the list is always that of today, and where one was reading."""


class SavedListForm(forms.Form):
    """A name for the list at an address of the portal."""

    name = forms.CharField(
        label="Tên bộ lọc",
        max_length=60,
        error_messages={"required": "Ghi tên cho bộ lọc rồi bấm “Lưu bộ lọc”."},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    address = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def clean_name(self):
        """Return the name cleaned as all text is."""
        return clean(self.cleaned_data["name"])

    def clean_address(self):
        """Return the path and the part of the query that is kept; what is no page of the portal is refused."""
        address = own_address(self.cleaned_data["address"])
        if address is None:
            raise forms.ValidationError("Không có trang này.")
        path, query = address
        kept = [(name, value) for name, value in parse_qsl(query) if name not in PASSING]
        return path, urlencode(kept)


def saved_by(request):
    """Return what the page of a list shows of those its reader has kept: these, and the form that keeps one more."""
    kept = SavedList.objects.filter(user=request.user, path=request.path)
    return {"saved": kept, "save_form": SavedListForm(initial={"address": request.get_full_path()})}


class SaveListView(View):
    """Keeps a list under a name; a name used before now stands for the new one."""

    def post(self, request):
        """Keep the list and lead back to it."""
        form = SavedListForm(request.POST)
        is_named = form.is_valid()
        if "address" not in form.cleaned_data:
            raise Http404
        path, query = form.cleaned_data["address"]
        if is_named:
            name = form.cleaned_data["name"]
            SavedList.objects.update_or_create(user=request.user, path=path, name=name, defaults={"query": query})
            messages.success(request, f"Đã lưu bộ lọc “{name}”.")
        else:
            messages.error(request, " ".join(form.errors["name"]))
        return redirect(f"{path}?{query}")


class DeleteSavedListView(View):
    """Forgets a list kept under a name."""

    def post(self, request, pk):
        """Forget it and lead to the plain list."""
        kept = get_object_or_404(SavedList, user=request.user, pk=pk)
        kept.delete()
        messages.success(request, f"Đã bỏ bộ lọc “{kept.name}”.")
        return redirect(kept.path)
