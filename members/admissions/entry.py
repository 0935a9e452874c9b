"""Entry into the Party: the admission, the stay it begins and the days on the card are one act.

`correct()` puts all of them right together; `apart()` finds about whom they do not agree.
"""

from collections import defaultdict
from typing import Any

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.db.actions import Refusal, change
from members.choices import StartReason
from members.models import Admission, Member, Spell
from members.probation import probation_end
from organizations.in_force import InForce

BY_ADMISSION = frozenset({StartReason.ADMITTED, StartReason.READMITTED})
"""How a stay begins that an admission begins."""

ALONE = (
    "{}: {} ghi kết nạp ngày {:%d/%m/%Y} nhưng {} không ghi ngày đó ở cùng chi bộ. Kết nạp phải có ở cả hai sổ: ghi ở "
    "bảng kết nạp, hoặc ghi cả hai trang trong cùng một tệp."
)
REGISTERS = ("sổ Kết nạp", "sổ Quá trình sinh hoạt đảng")
CARD = (
    "{}: {} trong hồ sơ là {}, trong sổ Kết nạp là {}. Sửa ở sổ Kết nạp: hồ sơ đổi theo; tệp thì ghi cùng một ngày ở "
    "cả hai trang."
)
NOWHERE = "chưa ghi"


def correct(row: Admission, **fields: Any) -> Admission:
    """Correct an admission, and with it the stay it began and the days on the card; part of an action.

    Raises Refusal for an official day before the end of probation.
    """
    _check_probation(row, *(fields.get(name, getattr(row, name)) for name in ("ceremony_on", "official_on")))
    spell = _stay(row)
    was_decided, is_last = row.decision_date, _last_of(row.member) == row
    change(row, **fields)
    if spell:
        decided = {"decision_number": row.decision_number, "decision_date": row.decision_date}
        change(spell, started_on=row.ceremony_on, **decided)
    if is_last:
        card = {"joined_on": _known(row.ceremony_on), "official_on": _known(row.official_on)}
        if was_decided and row.member.decided_on == _known(was_decided):
            card["decided_on"] = _known(row.decision_date)
        change(row.member, **card)
    return row


def apart() -> dict[int, str]:
    """Return of whom the registers and the card do not tell the same admission, {id of the member: what to do}."""
    admitted, began, found = defaultdict(dict), defaultdict(dict), {}
    rows = Admission.objects.filter(ceremony_on__isnull=False).order_by("ceremony_on").select_related("member")
    for row in rows:
        admitted[row.member_id][row.ceremony_on, row.unit_id] = row
    for stay in Spell.objects.filter(start_reason__in=BY_ADMISSION).order_by("started_on").select_related("member"):
        began[stay.member_id][stay.started_on, stay.unit_id] = stay
    for pk in admitted.keys() | began.keys():
        if sentence := _differ(admitted[pk], began[pk]):
            found[pk] = sentence
    return found


def _differ(admitted, began):
    """Return what to do about admissions that are told differently, "" for those that are not."""
    for rows, others, registers in ((admitted, began, REGISTERS), (began, admitted, REGISTERS[::-1])):
        for (day, unit), row in rows.items():
            if (day, unit) not in others:
                return ALONE.format(row.member.full_name, registers[0], day, registers[1])
    return _differs_from_card([*admitted.values()][-1]) if admitted else ""


def _differs_from_card(last):
    """Return what to do where the card tells another day than the last admission, "" where it does not."""
    card = last.member
    for name, day in (("joined_on", last.ceremony_on), ("official_on", last.official_on)):
        written = getattr(card, name)
        if written != _known(day):
            label = Member._meta.get_field(name).verbose_name
            return CARD.format(card.full_name, label, written or NOWHERE, f"{day:%d/%m/%Y}" if day else NOWHERE)
    return ""


def _check_probation(row, ceremony, official):
    """Refuse a new day by which somebody would be official before probation is over."""
    if not official or (ceremony, official) == (row.ceremony_on, row.official_on):
        return
    due = probation_end(ceremony, InForce(ceremony))
    if official < due:
        sentence = f"Thời gian dự bị kết thúc ngày {due:%d/%m/%Y}: ngày chính thức không sớm hơn."
        raise Refusal({"official_on": sentence})


def _known(day):
    """Return a day as the card holds it, None for none."""
    return day and PartialDate.of(day)


def _stay(row):
    """Return the stay that an admission began, or None for a candidate."""
    begins = {"started_on": row.ceremony_on, "unit": row.unit_id, "start_reason__in": BY_ADMISSION}
    return row.member.spells.filter(**begins).first()


def _last_of(member):
    """Return the last admission of somebody, or None."""
    return member.admissions.filter(ceremony_on__isnull=False).order_by("ceremony_on").last()
