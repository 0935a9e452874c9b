"""People of one name are told apart wherever several are named."""

import pytest

from assessments.meetings.fields import AttendanceField, AttendanceLine, AttendanceTicks
from binhlu_portal.dates.partial_dates import PartialDate
from members.models import Member
from members.namesakes import told_apart


def person(pk, name="Lò Văn An", born=None, card=""):
    return Member(pk=pk, full_name=name, born_on=born and PartialDate(born), card_number=card)


CASES = {
    "one alone": ([person(1, born="1970")], ["Lò Văn An"]),
    "other names": ([person(1), person(2, "Lò Văn Án")], ["Lò Văn An", "Lò Văn Án"]),
    "by the year": ([person(1, born="1970-02-01"), person(2, born="1980")], ["sinh 1970", "sinh 1980"]),
    "by the day": ([person(1, born="1970-02-01"), person(2, born="1970-03-01")], ["01/02/1970", "01/03/1970"]),
    "by the card": ([person(1, card="00000001"), person(2, card="00000002")], ["thẻ 00000001", "thẻ 00000002"]),
    "by nothing": ([person(1), person(2)], ["người thứ 1", "người thứ 2"]),
    "one unknown": ([person(1, born="1970"), person(2)], ["sinh 1970", "Lò Văn An"]),
}


@pytest.mark.parametrize("case", CASES)
def test_no_two_are_called_the_same(case):
    people, words = CASES[case]
    told = told_apart(people)
    assert len(set(told.values())) == len(people)
    assert all(word in name for word, name in zip(words, told.values(), strict=True)), told


def test_errors_of_an_attendance_name_namesakes_apart():
    field = AttendanceField()
    people = [person(1, born="1970"), person(2, born="1980")]
    field.offer(people, [])
    ticks = AttendanceTicks(frozenset({1, 2}), {pk: AttendanceLine(False) for pk in (1, 2)})
    with pytest.raises(Exception, match=r"sinh 1970.*sinh 1980"):
        field.clean(ticks)
    shown = field.widget.render("attendance", ticks, {"id": "id_attendance"})
    for name in told_apart(people).values():
        assert shown.count(name) == 3  # the tick, its reason, its note
