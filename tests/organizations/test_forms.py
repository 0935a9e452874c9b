from organizations.choices import CELLS, RoleKind
from organizations.documents.forms import DocumentForm
from organizations.forms import UnitField
from organizations.models import Unit
from organizations.rights import Right
from organizations.units import actions as units
from tests.factories import START, make_root, make_unit, make_user
from tests.proofs import DAY


def offered(form):
    """Return the codes of the units that a form offers."""
    return [code for code, _ in form.fields["unit"].choices]


def form_of(user, **initial):
    return DocumentForm(user=user, today=DAY, initial=initial)


def test_units_are_offered_in_the_order_of_the_tree_to_those_who_hold_the_right(clerk, leader, cell_a, cell_b):
    assert offered(form_of(clerk)) == ["", "xa", "a", "b"]
    assert offered(form_of(leader)) == [""]


def test_a_unit_that_has_moved_elsewhere_is_offered_no_longer(commune, cell_a):
    other = make_root("khac", parent=None)
    old, new = make_user("old", (RoleKind.SECRETARIAT, commune)), make_user("new", (RoleKind.SECRETARIAT, other))
    units.move(unit=cell_a, parent=other, day=START.replace(month=8))
    assert "a" in Unit.objects.visible_to(old).values_list("code", flat=True)
    assert offered(form_of(old)) == ["", "xa"]
    assert offered(form_of(new)) == ["", "khac", "a"]


def test_the_unit_of_the_address_is_chosen_already(clerk, cell_a):
    assert form_of(clerk, don_vi="a")["unit"].value() == "a"


def test_the_only_unit_of_the_sender_is_chosen_already(secretary_a, clerk, cell_b):
    class EverydayForm(DocumentForm):
        right = Right.EDIT

    assert EverydayForm(user=secretary_a, today=DAY)["unit"].value() == "a"
    assert EverydayForm(user=clerk, today=DAY)["unit"].value() is None


def test_a_field_may_offer_some_kinds_only(clerk, commune, cell_a):
    class CellForm(DocumentForm):
        unit = UnitField(kinds=CELLS)

    make_unit("c", commune)
    assert offered(CellForm(user=clerk, today=DAY)) == ["", "a", "c"]


def test_units_are_named_by_their_latest_name(commune, cell_a):
    units.rename(unit=cell_a, name="Chi bộ Mới", day=DAY)
    assert dict(Unit.objects.values_list("pk", Unit.called())) == {commune.pk: "Đảng bộ xa", cell_a.pk: "Chi bộ Mới"}
