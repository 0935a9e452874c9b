"""Expulsion: a disciplinary measure and the end of a membership are one act, written, corrected and taken back here.

`apart()` finds whom the two registers do not agree about. Whatever is written of a member, by a form, by a file or by
taking something back, is refused when it leaves the member among them.
"""

from datetime import date
from typing import Any, NamedTuple

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision, Refusal, change, create
from members.choices import PUT_OUT, DisciplineMeasure, EndReason, StartReason
from members.membership import actions as membership
from members.models import Discipline, Member, Spell
from organizations.models import Unit

DECIDED = ("decision_number", "decision_date")
"""What tells of a decision; the end of a stay has the same fields after `end_`."""


def expel(member: Member, day: date, decision: Decision, **measure: Any) -> Discipline:
    """Expel a member: the measure, and the end of the membership with its posts, on the same `day`; part of an action.

    Where the membership is recorded as ended by expulsion on that day already, the measure alone is missing. Raises
    Refusal when its level does not expel, without a number of the decision, and without a stay to end.
    """
    ended = _ended(member, day)
    spell = ended or membership.open_spell(member, day)
    fields = {"form": DisciplineMeasure.EXPULSION, **measure, **decision.fields}
    row = create(Discipline, member=member, decided_on=day, **fields)
    if ended:
        change(ended, end_decision_number=decision.number, end_decision_date=decision.day)
    else:
        membership.end(spell, day, EndReason.EXPELLED, decision)
    return row


def restore(member: Member, unit: Unit, day: date, decision: Decision) -> Spell:
    """Restore a membership that was ended wrongly (phục hồi đảng tịch); an expulsion expires on that day.

    Part of an action. Raises Refusal for anyone who was not expelled or struck off.
    """
    last = membership.last_spell(member)
    if last is None or last.end_reason not in PUT_OUT:
        raise Refusal("Chỉ phục hồi đảng tịch cho người đã bị khai trừ hoặc xóa tên.")
    spell = membership.start(member, unit, day, StartReason.RESTORED, decision)
    if last.end_reason == EndReason.EXPELLED:
        for row in _expulsions(member, last.ended_on):
            change(row, expires_on=day)
    return spell


def correct(row: Discipline, **fields: Any) -> Discipline:
    """Correct an expulsion, and with it the end of the membership; part of an action.

    Raises Refusal when it would be another measure: then the membership had not ended.
    """
    if fields.get("form", row.form) != DisciplineMeasure.EXPULSION:
        raise Refusal({"form": f"{row.member} đã ra khỏi Đảng theo quyết định này: xóa bản ghi khai trừ, rồi ghi lại."})
    if spell := _ended(row.member, row.decided_on):
        day = fields.get("decided_on", row.decided_on)
        for position in spell.unit.positions.filter(member=row.member, ended_on=spell.ended_on):
            change(position, ended_on=day)
        decided = {f"end_{name}": fields.get(name, getattr(row, name)) for name in DECIDED}
        change(spell, ended_on=day, **decided)
    return change(row, **fields)


def correct_stay(row: Spell, **fields: Any) -> Spell:
    """Correct a stay; the decision of an expulsion is corrected with it. Part of an action."""
    change(row, **fields)
    if row.end_reason == EndReason.EXPELLED:
        for measure in _expulsions(row.member, row.ended_on):
            change(measure, decision_number=row.end_decision_number, decision_date=row.end_decision_date)
    return row


def take_back(row: Discipline) -> None:
    """Take an expulsion back that was recorded by mistake: the membership goes on as if nothing had been written.

    Posts that ended with it stay ended: only reverting the act brings them back. Part of an action. Raises Refusal when
    the member has come back meanwhile.
    """
    spell = _ended(row.member, row.decided_on)
    Member.objects.select_for_update().get(pk=row.member_id)
    if spell and row.member.spells.filter(started_on__gte=spell.ended_on).exists():
        raise Refusal(f"{row.member} đã trở lại Đảng sau lần khai trừ này: hoàn tác lần ghi đó trước.")
    row.delete()
    if spell:
        change(spell, ended_on=OPEN, end_reason="", end_decision_number="", end_decision_date=None)


def _expulsions(member, day):
    """Return the expulsion of `member` that was decided on a day, if it is recorded."""
    return member.disciplines.filter(form=DisciplineMeasure.EXPULSION, decided_on=day)


def _ended(member, day):
    """Return the stay of `member` that an expulsion ended on a day, or None where that is not recorded."""
    return member.spells.filter(end_reason=EndReason.EXPELLED, ended_on=day).select_related("unit").first()


ENDED = ("Quá trình sinh hoạt đảng", "Kỷ luật đảng viên")
ALONE = (
    "{}: sổ {} ghi khai trừ ngày {:%d/%m/%Y} nhưng sổ {} không ghi ngày đó. Khai trừ phải có ở cả hai sổ: ghi bằng "
    "biểu mẫu kỷ luật, hoặc ghi cả hai trang trong cùng một tệp."
)
NUMBERS = "{}: số quyết định khai trừ là “{}” ở sổ Kỷ luật, “{}” ở sổ Quá trình sinh hoạt đảng: ghi cùng một số."
LIFTED = (
    "{}: khai trừ chỉ hết hiệu lực đúng vào ngày phục hồi đảng tịch: dùng biểu mẫu “Phục hồi đảng tịch”, hoặc ghi cùng "
    "một ngày ở sổ Kỷ luật và sổ Quá trình sinh hoạt đảng."
)


class Told(NamedTuple):
    """What a register tells of an expulsion: of whom, by which decision, and when the membership was restored."""

    name: str
    number: str
    restored_on: date | None


def apart() -> dict[int, str]:
    """Return whom the two registers do not agree about, {id of the member: what to do}.

    They agree when each expulsion has an ending of the same day and number, and has expired on the day on which the
    membership was restored, and never else.
    """
    endings, measures, found = _endings(), _measures(), {}
    for key in sorted(endings.keys() | measures.keys()):
        if sentence := _differ(key[1], endings.get(key), measures.get(key)):
            found.setdefault(key[0], sentence)
    return found


def _differ(day, ending, measure):
    """Return what to do about an expulsion that the registers tell differently, "" for one that they do not."""
    if ending is None:
        return ALONE.format(measure.name, ENDED[1], day, ENDED[0])
    if measure is None:
        return ALONE.format(ending.name, ENDED[0], day, ENDED[1])
    if ending.number != measure.number:
        return NUMBERS.format(ending.name, measure.number, ending.number)
    return LIFTED.format(ending.name) if ending.restored_on != measure.restored_on else ""


def _endings():
    """Return the endings of memberships by expulsion, {(member, day): what is told}."""
    expelled = Spell.objects.filter(end_reason=EndReason.EXPELLED).values("member")
    stays = Spell.objects.filter(member__in=expelled).order_by("member", "started_on").select_related("member")
    found, before = {}, None
    for stay in stays:
        if before in found and before[0] == stay.member_id and stay.start_reason == StartReason.RESTORED:
            found[before] = found[before]._replace(restored_on=stay.started_on)
        before = (stay.member_id, stay.ended_on)
        if stay.end_reason == EndReason.EXPELLED:
            found[before] = Told(stay.member.full_name, stay.end_decision_number, None)
    return found


def _measures():
    """Return the expulsions among the disciplinary measures, {(member, day): what is told}."""
    rows = Discipline.objects.filter(form=DisciplineMeasure.EXPULSION).select_related("member")
    return {
        (row.member_id, row.decided_on): Told(row.member.full_name, row.decision_number, row.expires_on) for row in rows
    }
