"""Pages with a form whose data go to an action."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.generic import FormView

from binhlu_portal.audit.display import change_counts, lines
from binhlu_portal.audit.uniqueness import log_taken
from binhlu_portal.request_values import way_back
from organizations.rights import Right
from organizations.scope import rights_of

from . import answers
from .submit import EditConflict, digest_of, dry_run, previous_submission, show_refusal, submit

CONFIRMED = "xac_nhan"
"""What a form with a preview sends once its sender has seen what it is going to write."""

CHANGED_SINCE = "Lần gửi trước đã được lưu; nội dung sửa sau đó thì chưa. Xem lại bản ghi rồi sửa nếu cần."

AGAIN = "sua_lai"
"""What it sends when the sender wants to change it instead."""

SHOWN_EFFECTS = 200
"""How many lines of the effect of a form a page shows; the counts above them are of all."""


class EditView(FormView):
    """A page with one form, on Django's `FormView`. A subclass gives `form_class` and, mostly, `get_object()`.

    To those who hold `get_right()`, mostly the right of the form, nowhere, the page is unknown. `self.object` is the
    record that the form is about, `self.written` what the form wrote, for `get_success_url()`; `back_url` is where
    giving up leads. Where there is an `obstacle`, a sentence, the form could write nothing: it is not shown, and the
    page leads back and says so; one that was filled in before has no button to send it any more.
    """

    http_method_names = ("get", "head", "options", "post")  # Django would take PUT for POST
    template_name = "records/forms/form.html"
    back_url = "/"
    success_message = "Đã lưu."
    obstacle = ""
    written = None

    def dispatch(self, request, *args, **kwargs):
        """Open the page to those who hold the right somewhere; over which records, `get_object` asks."""
        if self.get_right() not in rights_of(request.user):
            raise Http404
        if request.POST and (sent := previous_submission(request.POST.get("token"), request.user)):
            if answers.is_for_script(request):
                return answers.written(sent.address)
            if sent.digest != digest_of(request.POST):
                messages.warning(request, CHANGED_SINCE)
            return HttpResponseRedirect(sent.address)  # the record of a form sent twice may be no more
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def get_right(self) -> Right:
        """Return the right that the page asks for: that of the form."""
        return self.get_form_class().right

    def get_object(self):
        """Return the record the form is about, out of those the user may change (404 for others), or None."""
        return None

    def get_success_url(self) -> str:
        """Return the page that shows what was written."""
        return self.back_url

    def get_form_kwargs(self) -> dict:
        """Return what the form is made with: its sender, the day, the record."""
        kwargs = super().get_form_kwargs()
        del kwargs["prefix"]  # a page has one form
        return kwargs | {"user": self.request.user, "today": timezone.localdate(), "instance": self.object}

    def get_context_data(self, **kwargs) -> dict:
        """Return the context of the template."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        back = way_back(self.request.GET) or self.back_url
        told = {"title": form and form.title, "back": back, "object": self.object}
        return context | told | {"obstacle": self.obstacle if self.request.method == "POST" else ""}

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """Show the form, or lead back where it could write nothing."""
        if self.obstacle:
            messages.info(request, self.obstacle)
            return HttpResponseRedirect(self.back_url)
        return self.render_form(self.get_form())

    def form_valid(self, form) -> HttpResponse:
        """Write the form and lead on, or show what it would write, or what stands in the way."""
        if AGAIN in self.request.POST:
            return self.form_invalid(form)
        try:
            if form.has_preview and CONFIRMED not in self.request.POST:
                return self.render_form(form, **dry_run(form, self.effect))
            address = submit(form, self.lead_to)
        except EditConflict:
            form.show_conflict()
            return self.form_invalid(form)
        except ValidationError as refusal:
            for told, typed in form.refused(refusal) if form.model else ():
                log_taken(self.request, form.model, told, typed)
            show_refusal(form, refusal)
            return self.form_invalid(form)
        if answers.is_for_script(self.request):
            return answers.written(address)
        messages.success(self.request, self.success_message)
        return HttpResponseRedirect(address)

    def form_invalid(self, form) -> HttpResponse:
        """Show the form with what is wrong."""
        if answers.is_for_script(self.request):
            return answers.refused(form)
        return self.render_form(form)

    def lead_to(self, written) -> str:
        """Return the address that follows on what was `written`."""
        self.written = written
        return self.get_success_url()

    def render_form(self, form, **context) -> HttpResponse:
        """Return the page with the form."""
        return self.render_to_response(self.get_context_data(form=form) | context)

    def effect(self, entries) -> dict:
        """Return what the page says of `entries`, which the form would add to the history."""
        return {
            "effects": change_counts(entries),
            "effect_lines": lines(entries[:SHOWN_EFFECTS]),
            "more_lines": len(entries[SHOWN_EFFECTS:]),
        }
