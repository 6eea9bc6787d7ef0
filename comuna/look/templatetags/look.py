"""``{% part x %}`` draws a part, ``{% parts xs %}`` several, ``{% value v %}`` what stands in a cell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comuna.look import words
from comuna.look.frame import Link
from comuna.look.parts import Many, Part, Section, Sign, Small, Status, Table, Value
from comuna.look.qr import qr_svg

register = template.Library()

SIGNS = {Sign.DONE: "\u2713", Sign.WAITING: "\u25cb", Sign.REFUSED: "\u2717", Sign.PLAIN: "\u2013"}


@register.simple_tag(takes_context=True)
def part(context: Context, thing: Part | str | None) -> SafeString:
    """Draw one part; nothing for None; plain words become a paragraph."""
    if thing is None or thing == "":
        return SafeString("")
    if not isinstance(thing, Part):
        return format_html("<p>{}</p>", thing)
    above = context.get("part")
    titled = isinstance(above, Section) and isinstance(thing, Table) and str(above.heading) == str(thing.caption)
    inside = {
        "part": thing,
        "csrf_token": context.get("csrf_token"),
        "titled": titled,
    }  # the token is made only where a form asks
    return SafeString(get_template(thing.template).render(inside))


@register.simple_tag(takes_context=True)
def parts(context: Context, things: Iterable[Part | str | None] | None) -> SafeString:
    return SafeString("".join(part(context, thing) for thing in things or ()))  # each is drawn by a template


@register.simple_tag
def value(thing: Value) -> SafeString:
    """Words, a number, a day, a link, a status, several of them; a dash for what is not known."""
    if thing is None:
        return format_html('<span aria-hidden="true">\u2013</span><span class="unseen">{}</span>', _("not noted"))
    if isinstance(thing, Many):
        return format_html_join(SafeString("<br>"), "{}", ((value(one),) for one in thing.values))
    if isinstance(thing, Link):
        return link(thing)
    if isinstance(thing, Status):
        return status(thing)
    if isinstance(thing, Small):
        return format_html("<small>{}</small>", thing.words)
    if isinstance(thing, bool):
        return conditional_escape(_("yes") if thing else _("no"))
    if isinstance(thing, int):
        return conditional_escape(words.number_words(thing))
    if isinstance(thing, date):
        return format_html('<time datetime="{}">{}</time>', thing.isoformat(), words.day_words(thing, weekday=False))
    return conditional_escape(str(thing))


@register.simple_tag
def link(thing: Link) -> SafeString:
    """The words as a link, or as the place where the reader already is."""
    lang = format_html(' lang="{0}" hreflang="{0}"', thing.lang) if thing.lang else SafeString("")
    here = SafeString(' aria-current="true"') if thing.current else SafeString("")
    return format_html('<a href="{}"{}{}>{}</a>', thing.href, lang, here, thing.words)


@register.simple_tag
def status(thing: Status | None) -> SafeString:
    """A sign and its words: never the colour alone."""
    if thing is None:
        return SafeString("")
    return format_html(
        '<span class="status {}"><span class="sign" aria-hidden="true">{}</span>&nbsp;{}</span>',
        thing.sign.value,
        SIGNS[thing.sign],
        thing.words,
    )


@register.simple_tag
def sign(which: Sign) -> str:
    return SIGNS[which]


@register.simple_tag
def qr(note: str, caption: str = "") -> SafeString:
    """The note as a QR code drawn in the page."""
    return qr_svg(note, caption)


@register.filter
def number(count: int) -> str:
    return words.number_words(count)


@register.filter
def day(when: date) -> str:
    return words.day_words(when)
