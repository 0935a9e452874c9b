"""The page of a person, and the forms about one."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.display import in_words
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.data_checks.findings import find_about
from binhlu_portal.dates.validity import covers, holding_on
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.timeline import facts_about
from binhlu_portal.records.types import About, record_types_about
from binhlu_portal.text.vietnamese import number
from members.admissions import readmission
from members.admissions.forms import CANDIDATE
from members.change_reports.queries import open_reports_about
from members.choices import FeeGroup, FeeRelief
from members.directory.forms import card
from members.directory.queries import people_of, stays_of
from members.fees.queries import BASIS, month_of, with_basis
from members.fees.rates import Payer, fee_of
from members.member_records.forms import LEVELS
from members.membership import forms, newcomer_form
from members.models import Member
from organizations.in_force import InForce, Rulebook
from organizations.rights import Right

from .neighbours import LIST, neighbours, within_list

CORRECTIONS = {
    "sua-ca-nhan": card.CorrectIdentityForm,
    "sua-vao-dang": card.CorrectJoiningForm,
    "sua-the": card.CorrectPartyCardForm,
    "sua-khac": card.CorrectLifeForm,
    "sua-dien-thoai": card.ChangePhoneForm,
    "sua-cho-o": card.ChangeAddressForm,
}
"""The forms that put the card right, by their name in the address."""

MOVES = {
    "chuyen-chi-bo": forms.TransferWithinForm,
    "chuyen-di": forms.TransferOutForm,
    "chuyen-den": forms.TransferInForm,
    "ra-khoi-dang": forms.EndMembershipForm,
    "phuc-hoi": forms.RestoreForm,
}
"""The forms of coming, moving and going, by their name in the address."""

CARD = (
    ("Thông tin cá nhân", "sua-ca-nhan"),
    ("Vào Đảng", "sua-vao-dang"),
    ("Thẻ, hồ sơ", "sua-the"),
    ("Thông tin khác", "sua-khac"),
)
"""The groups of the card, each with the form that puts it right."""

EXPECTED = frozenset({"born_on", "citizen_id", "hometown", "residence", "joined_on", "decided_on", "card_number"})
"""What the card of a member should hold: a gap is marked. Other gaps are passed over."""


class MemberDetailView(View):
    """One person: the card, where he or she belongs, what may be done, everything that happened."""

    def get(self, request, pk):
        """Return the page and note that it was opened."""
        month = month_of(timezone.localdate())
        member = get_object_or_404(with_basis(people_of(request.user), month, "pk"), pk=pk)
        as_known(member, request.user)
        stays = list(stays_of(member, request.user))
        last = stays[0] if stays else None
        moment = moment_of_today(last, request.user)
        levels = member.states.visible_to(request.user).filter(covers(timezone.localdate())).first()
        log_access(request, AccessKind.OPENED, f"Đảng viên: {member}", 1)
        has_left = member.is_in_hand and forms.has_left(last)
        candidacy = has_left and member.admissions.filter(CANDIDATE).exists()
        outlook = has_left and readmission.outlook(stays, InForce(timezone.localdate()))
        context = {
            "title": member.full_name,
            "member": member,
            "stays": stays,
            "candidacy": candidacy,
            "outlook": outlook,
            "may_list": member.may_edit and has_left and not candidacy and readmission.may_return(stays),
            "moves": [
                (name, form.title) for name, form in MOVES.items() if member.may_decide and form.is_available_for(last)
            ],
            "card": [self.group(member, heading, name) for heading, name in CARD],
            "levels": values(levels, LEVELS) if levels else [],
            "month": month,
            "fees": fees(member, stays, moment),
            "may_report": member.may_edit and not member.may_decide and bool(moment),
            "reports": open_reports_about(member, request.user),
            "problems": problems(member, moment),
            "record_types": [
                record_type
                for record_type in record_types_about(About.MEMBER)
                if record_type.add_form and self.may(member, record_type)
            ],
            "facts": known(facts_about(About.MEMBER, member.pk, request.user), member, last),
            "table": Member._meta.db_table,
            "beside": neighbours(pk, request.GET, request.user, timezone.localdate(), rulebook_of(moment)),
            "list_query": request.GET.get(LIST),
            "within_list": within_list(request.GET.get(LIST, "")),
        }
        return render(request, "directory/member.html", context)

    def group(self, member, heading, name):
        """Return a group of the card: heading, name of its form, what it says, whether the reader may put it right.

        To who may, it names the fields besides of which nothing is written.
        """
        form, may_edit = CORRECTIONS[name], self.may(member, CORRECTIONS[name])
        told = [
            (field.name, *one) for field, one in told_of(member, form.model_fields) if member.is_in_hand or not one[2]
        ]
        shown = {field for field, *_ in told}
        others = [member._meta.get_field(field) for field in form.model_fields if may_edit and field not in shown]
        empty = [(field.name, field.verbose_name) for field in others if getattr(member, field.name) in (None, "")]
        return heading, name, told, may_edit, empty

    def may(self, member, what):
        """Whether the reader holds the right of a form or a record type over the person."""
        return member.may_decide if what.right == Right.DECIDE else member.may_edit


def as_known(member, user):
    """Put on the card of somebody who has left what `user` may read of it: what stood there as the person left."""
    if not member.is_in_hand:
        for name, value in Member.objects.cards_of_former(user, [member.pk]).get(member.pk, {}).items():
            setattr(member, name, value)


def known(facts, member, last):
    """Return `facts` as they are read: of somebody who has left, without the ends that came after the `last` stay."""
    if member.is_in_hand or last is None:
        return facts
    return [replace(fact, until=None) if (fact.until or last.ended_on) > last.ended_on else fact for fact in facts]


def moment_of_today(last, user):
    """Return today as a moment of the cell of a `last` stay that goes on; None for any other."""
    if last is None or not last.is_open:
        return None
    return Moment.of(last.unit, user, today=max(timezone.localdate(), last.started_on))


def rulebook_of(moment):
    """Return the regulations that a moment has read; none yet where there is no moment."""
    return moment.rulebook if moment else Rulebook()


def fees(member, stays, moment):
    """Return (label, value in words, whether it is missed) of the fee of this month, for whoever keeps the record."""
    if moment is None or not member.may_edit:
        return []
    payer = Payer(*(getattr(member, name) for name in BASIS), member.gender, member.born_on)
    month = month_of(moment.as_of)
    fee = fee_of(payer, InForce(month, moment.rulebook))
    owed = fee.state.label if fee.amount is None else f"{number(fee.amount)} đồng"
    told = [("Nhóm", payer.group and FeeGroup(payer.group).label, payer.group is None)]
    if payer.pays_by_income:
        told.append(("Mức thu nhập tháng (đồng)", number(payer.income), payer.income is None))
    if payer.relief:
        told.append(("Miễn, giảm", FeeRelief(payer.relief).label, False))
    return [*told, ("Mức đóng", owed if holding_on(stays, month) else "Đóng từ tháng sau", False)]


def problems(member, moment):
    """Return what the checks find on the day of the moment about someone of its cell, from one statement."""
    if moment is None:
        return []
    rights = {right for right, may in ((Right.EDIT, member.may_edit), (Right.DECIDE, member.may_decide)) if may}
    return find_about(moment, member.pk, rights)


def values(row, names):
    """Return (label, value in words, whether it is missed) of fields of a row; gaps that nobody minds are left out."""
    return [one for _, one in told_of(row, names)]


def told_of(row, names):
    """Return what `values` tells, each with its field."""
    fields = [row._meta.get_field(name) for name in names]
    told = ((field, field.value_from_object(row)) for field in fields)
    return [
        (field, (field.verbose_name, shown(field, value), value in (None, "")))
        for field, value in told
        if value not in (None, "") or field.name in EXPECTED
    ]


def shown(field, value):
    """Return a value in words; a telephone number calls."""
    words = in_words(field, value)
    return format_html('<a href="tel:{}">{}</a>', value, words) if field.name == "phone" and value else words


class MemberUpdateView(EditView):
    """A form about one person."""

    template_name = "directory/form.html"

    def get_form(self, form_class=None):
        """Return the form; of a card with one field alone where the address names one (`muc`)."""
        form, name = super().get_form(form_class), self.request.GET.get("muc")
        if self.kwargs["action"] in CORRECTIONS and name in form.model_fields:
            form.narrow(name)
        return form

    @property
    def form_class(self):
        """The form named in the address."""
        form = (CORRECTIONS | MOVES).get(self.kwargs["action"])
        if form is None:
            raise Http404
        return form

    @property
    def back_url(self):
        """The page of the person, which knows the list from which it was opened."""
        return reverse("member", args=[self.kwargs["pk"]]) + within_list(self.request.GET.get(LIST, ""))

    def get_object(self):
        """Return the person, if the sender may change the record by the right of the form."""
        kept = Member.objects.editable_by(self.request.user, self.form_class.right)
        return get_object_or_404(kept, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        """Return a title that names the person, and where the person is."""
        last = stays_of(self.object, self.request.user).first()
        return super().get_context_data(**kwargs) | {"title": f"{self.form_class.title}: {self.object}", "last": last}


class MemberCreateView(EditView):
    """Writes a member down for the first time and leads to the page of the person."""

    form_class = newcomer_form.NewMemberForm
    template_name = "directory/newcomer.html"

    @property
    def back_url(self):
        """The list."""
        return reverse("members")

    def get_initial(self):
        """Return the unit that the address names."""
        return {"don_vi": self.request.GET.get("don_vi")}

    def get_success_url(self):
        """Return the page of the person."""
        return reverse("member", args=[self.written.pk])
