"""The page on which the accounts of all secretaries of cells are opened, and the sheet of cards to be cut."""

from urllib.parse import urlsplit

import segno
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_variables

from binhlu_portal.audit.context import acting
from organizations.account_management.keeper_pages import KeeperPageMixin

from . import actions
from .forms import OpenAllForm, PrintAnewForm
from .queries import cell_posts, not_begun

ONLY_HERE = ("localhost", "127.0.0.1", "::1")
"""Hosts by which a machine calls itself, and no telephone finds it."""


class SecretaryAccountsView(KeeperPageMixin, View):
    """Whose account is to be opened, and whose card is to be printed anew; `work` in what is sent tells which."""

    title = "Tài khoản của bí thư các chi bộ"
    folder = "secretary_accounts"
    WORK = {"open": "Mở tài khoản của bí thư các chi bộ", "print": "In lại phiếu mở tài khoản"}

    def get(self, request):
        """Show both."""
        return self.show(*self.forms())

    def post(self, request):
        """Do what is asked, for all who are ticked or for nobody."""
        work = request.POST.get("work")
        if work not in self.WORK:
            raise Http404
        opening, printing = self.forms(**{work: request.POST})
        form = opening if work == "open" else printing
        if form.is_valid():
            try:
                with acting(request.user, self.WORK[work]):
                    return self.cards(getattr(self, f"work_{work}")(**form.cleaned_data))
            except ValidationError as error:
                form.add_error(None, error)
        return self.show(opening, printing, form=form)

    def forms(self, **sent):
        """Return both forms, with what was sent."""
        self.posts = cell_posts(self.request.user, timezone.localdate())
        without = [post for post in self.posts if post.lacks_account]
        waiting = not_begun(self.request.user)
        printing = PrintAnewForm(sent.get("print"), accounts=waiting, now=timezone.now())
        return OpenAllForm(sent.get("open"), posts=without), printing

    def show(self, opening, printing, form=None):
        """Return the page; `form` is the one in which something is wrong."""
        nobody = [post for post in self.posts if not post.name]
        context = {
            "address": self.address,
            "opens_here_only": urlsplit(self.address).hostname in ONLY_HERE,
            "opening": opening,
            "printing": printing,
            "form": form,
            "with_account": sum(post.has_account for post in self.posts),
            "cells": len(self.posts),
            "not_written": [post.cell for post in nobody if not post.is_vacant],
            "vacant": [post.cell for post in nobody if post.is_vacant],
        }
        return self.render_page("choose.html", **context)

    @property
    def address(self):
        """The address that the cards say: that by which the keeper has come."""
        return self.request.build_absolute_uri(reverse("sign-in"))

    def work_open(self, units):
        """Open the accounts."""
        given = {"day": timezone.localdate(), "now": timezone.now()}
        return actions.open_all(units=units, keeper=self.request.user, **given)

    def work_print(self, users):
        """Issue new codes."""
        return actions.print_anew(users=users, keeper=self.request.user, now=timezone.now())

    @method_decorator(sensitive_variables("cards"))
    def cards(self, cards):
        """Return the sheet of cards: the only page that ever shows the codes."""
        picture = segno.make(self.address, error="m").svg_data_uri(border=0, light="#fff")
        title = "Phiếu mở tài khoản của bí thư các chi bộ"
        return self.render_page("cards.html", title=title, cards=cards, address=self.address, picture=picture)
