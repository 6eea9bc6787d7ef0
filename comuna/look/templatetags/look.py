"""``{% part x %}`` draws a part, ``{% parts xs %}`` several, ``{% value v %}`` what stands in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from comuna.look import words
from comuna.look.frame import Link, Words
from comuna.look.parts import Bar, BarLine, Column, Fact, Line, Many, Part, Section, Sign, Small, Status, Table, Value
from comuna.look.qr import qr_svg

register = template.Library()
LONG_KEY = 40  # letters

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
    if isinstance(thing, str):
        return conditional_escape(thing)
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


# Rows of lists are written here and not by the template's tags, which cost several times as much: a page has hundreds.


def _said(said: Words) -> SafeString:
    return conditional_escape(str(said))


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """The rows of a table's body, each on a line."""
    opened = [f'<td{_of_class(column)} data-label="{_said(column.words)}">' for column in table.columns]
    heads = [column.head for column in table.columns]
    found = []
    for row in table.rows:
        cells = [
            f'<th scope="row">{value(cell)}</th>' if head and cell != "" else f"{start}{value(cell)}</td>"
            for head, start, cell in zip(heads, opened, row, strict=True)
        ]
        found.append(f"<tr>{''.join(cells)}</tr>\n")
    return SafeString("".join(found))


def _of_class(column: Column) -> str:
    return f' class="{column.css}"' if column.css else ""


@register.simple_tag
def line_items(lines: Sequence[Line], by_day: bool = False) -> SafeString:
    """The lines of a list; where one leads somewhere, the whole of it is the link. By days, what another line said
    before is only heard."""
    before = [None, *(one.when for one in lines)] if by_day else [None] * len(lines)
    return SafeString("".join(_line_item(one, one.when == said) for one, said in zip(lines, before, strict=False)))


def _line_item(one: Line, is_said: bool) -> str:
    when = f'<span class="{"unseen" if is_said else "when"}">{_said(one.when)}</span> ' if one.when else ""
    more = f' <span class="more">{_said(one.more)}</span>' if one.more else ""
    runs = (f"<mark>{_said(run.words)}</mark>" if run.is_found else _said(run.words) for run in one.piece)
    piece = f' <span class="piece">{"".join(runs)}</span>' if one.piece else ""
    said = f'<span class="said">{when}<span class="what">{_said(one.what)}</span>{more}{piece}</span>'
    inside = f"{said} {status(one.status)}" if one.status else said
    return f'<li><a href="{_said(one.href)}">{inside}</a></li>' if one.href else f"<li><div>{inside}</div></li>"


@register.filter
def has_long_key(facts: Sequence[Fact]) -> bool:
    """Whether a column of their own would break these keys into many lines: then each stands over its value."""
    return any(len(str(one.words)) > LONG_KEY for one in facts)


@register.simple_tag
def bar_rows(lines: Sequence[BarLine]) -> SafeString:
    """The rows of a chart, each on a line."""
    return SafeString("".join(map(_bar_row, lines)))


def _bar_row(one: BarLine) -> str:
    head = format_html('<th scope="row"><a href="{}">{}</a></th>', one.href, one.words)
    bar = one.bar
    if bar is None:
        return f'<tr>{head}<td colspan="2">{status(one.status)}</td></tr>\n'
    of = _said(_("of %(whole)s") % {"whole": words.number_words(bar.whole)})
    drawn = f"{_drawn(bar)}<strong>{words.number_words(bar.value)}</strong> {of}"
    css = "reached" if bar.reached else "short"
    return f'<tr class="bar {css}">{head}<td class="drawn">{drawn}</td><td class="of-line">{_line_of(bar)}</td></tr>\n'


def _drawn(bar: Bar) -> str:
    at = bar.line_at
    line = (
        f'<path class="gap" d="M{at} 0V40" stroke="#fff" stroke-width="9"/>'
        f'<path class="line" d="M{at} 0V40" stroke="currentColor" stroke-width="4"/>'
    )
    return (
        '<svg viewBox="0 0 1000 40" width="100%" height="18" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="1000" height="40" fill="none" stroke="currentColor" stroke-width="2"/>'
        f'<rect class="fill" width="{bar.filled}" height="40"/>{"" if bar.line is None else line}</svg>'
    )


def _line_of(bar: Bar) -> str:
    """The line to reach, and whether it was."""
    if bar.line is None:
        return ""
    missing = ngettext("%(missing)s missing", "%(missing)s missing", bar.missing)
    said = (
        Status(Sign.DONE, bar.reached_words)
        if bar.reached
        else Status(Sign.REFUSED, missing % {"missing": words.number_words(bar.missing)})
    )
    return f"{words.number_words(bar.line)} {status(said)}"


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
