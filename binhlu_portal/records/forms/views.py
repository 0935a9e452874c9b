"""Pages with a form whose data go to a verb."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from binhlu_portal.audit.display import effects, lines
from organizations.scope import rights_of

from .fields import clean_input
from .submit import EditConflict, digest_of, dry_run, previous_submission, show_refusal, submit

CONFIRMED = "xac_nhan"
"""What a form that rehearses sends once its sender has seen what it is going to write."""

CHANGED_SINCE = "Lần gửi trước đã được ghi; nội dung sửa sau đó thì chưa. Xem lại bản ghi rồi sửa nếu cần."

AGAIN = "sua_lai"
"""What it sends when the sender wants to change it instead."""

SHOWN_EFFECTS = 200
"""How many lines of the effect of a form a page shows; the counts above them are of all."""


class EditView(View):
    """A page with one form. A subclass gives `form_class`, `subject()` and `address()`.

    To those who hold the right of the form nowhere, the page is unknown.

    `back` is where giving up leads; `initial()` prefills the form; `context()` adds to the page.
    """

    form_class = None
    template_name = "records/forms/form.html"
    back = "/"
    done = "Đã ghi."

    def dispatch(self, request, **kwargs):
        """Open the page to those who hold the right somewhere; over which records, `subject` asks."""
        if self.form_class.right not in rights_of(request.user):
            raise Http404
        if request.POST and (sent := previous_submission(request.POST.get("token"), request.user)):
            if sent.digest != digest_of(clean_input(request.POST)):
                messages.warning(request, CHANGED_SINCE)
            return HttpResponseRedirect(sent.address)  # the record of a form sent twice may be no more
        self.found = self.subject()
        return super().dispatch(request, **kwargs)

    def subject(self):
        """Return the record the form is about, out of those the user may change (404 for others), or None."""
        return None

    def address(self, written):
        """Return the page that shows what was written."""
        return self.back

    def initial(self):
        """Return what the form is filled with when it opens."""
        return {}

    def context(self):
        """Return more for the template."""
        return {}

    def form(self, data=None):
        """Return the form."""
        return self.form_class(
            data, user=self.request.user, today=timezone.localdate(), subject=self.found, initial=self.initial()
        )

    def get(self, request, **kwargs):
        """Show the form."""
        return self.show(self.form())

    def post(self, request, **kwargs):
        """Write the form and lead on, or show what is wrong with it, or what it would write."""
        form = self.form(request.POST)
        form.files = request.FILES
        if not form.is_valid() or AGAIN in request.POST:
            return self.show(form)
        try:
            if form.rehearses and CONFIRMED not in request.POST:
                return self.show_effect(form)
            address = submit(form, self.address)
        except EditConflict:
            form.show_conflict()
            return self.show(form)
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.show(form)
        messages.success(request, self.done)
        return HttpResponseRedirect(address)

    def show(self, form, **more):
        """Return the page with the form."""
        context = {"title": form.title, "form": form, "back": self.back, "subject": self.found}
        return render(self.request, self.template_name, context | self.context() | more)

    def show_effect(self, form):
        """Return the page that tells what the form is going to write and asks for consent."""
        return self.show(form, **dry_run(form, self.effect))

    def effect(self, entries):
        """Return what the page says of the rehearsed `entries`."""
        return {
            "effects": effects(entries),
            "effect_lines": lines(entries[:SHOWN_EFFECTS]),
            "more_lines": len(entries[SHOWN_EFFECTS:]),
        }
