"""A device without a browser: pages, forms and the API of a served home, with cookies of its own."""

from __future__ import annotations

import http.client
import io
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import openpyxl
from pypdf import PdfReader

PASSWORD = "cuando-llueve-hay-agua"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = "application/x-www-form-urlencoded"


def afternoon() -> tuple[str, str]:
    """A time zone in which it is three in the afternoon now, and the day there: a day's hours can be typed whenever
    the tests run."""
    now = datetime.now(UTC)
    ahead = (15 - now.hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT", (now + timedelta(hours=ahead)).date().isoformat()


def _text_of(kind: str, content: bytes) -> str:
    """Of a page, or of what a PDF file or a spreadsheet says; of a picture, what in it reads as text."""
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if kind == SPREADSHEET:
        sheets = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets
        rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
        return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)
    return content.decode(errors="replace" if kind.startswith("image/") else "strict")


@dataclass
class Device:
    """One open sign-in, on connections of its own."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def asks(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        """Status, where it leads to, and the text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": kind} if kind else {}
        connection.request(method, path, body, headers | {"Accept-Language": "en"})
        answer = connection.getresponse()
        text = _text_of(answer.headers.get_content_type(), answer.read())
        for line in answer.headers.get_all("Set-Cookie") or ():
            if found := re.match(r'(\w+)=([^;"]+)', line):
                self.cookies[found[1]] = found[2]
        connection.close()
        return answer.status, answer.headers.get("Location", ""), text

    def reads(self, path: str) -> str:
        """The words of a page."""
        status, _to, text = self.asks("GET", path)
        assert status < 500, (path, text)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))

    def sends(self, path: str, **typed: str) -> tuple[int, str, str]:
        """A page's form."""
        self.asks("GET", path)
        given = {"_id": str(uuid4()), "csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **typed}
        return self.asks("POST", path, urlencode(given).encode(), FORM)

    def hands_in(self, path: str, field: str, name: str, content: bytes, kind: str) -> tuple[int, str, str]:
        """A page's form with one file."""
        self.asks("GET", path)
        edge = uuid4().hex
        token = self.cookies.get("csrftoken", "")
        body = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            f"Content-Type: {kind}\r\n\r\n"
        )
        whole = body.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.asks("POST", path, whole, f"multipart/form-data; boundary={edge}")

    def acts(self, verb: str, fields: dict[str, Any], id: str = "") -> tuple[int, dict[str, Any]]:
        """One act by the API: the status, and the answer or the one thing that is wrong."""
        body = {"verb": verb, "id": id or str(uuid4()), "fields": fields}
        status, _to, text = self.asks("POST", "/api/acts/", json.dumps(body).encode(), "application/json")
        answer: dict[str, Any] = json.loads(text)
        return status, answer["errors"][0] if "errors" in answer else answer

    def does(self, verb: str, **fields: Any) -> str:
        """An act that must succeed; its id."""
        status, answer = self.acts(verb, fields)
        assert status == 201, (verb, answer)
        return str(answer["id"])

    def claims(self, code: str) -> Device:
        """An account with a printed code, and signed in."""
        status, _to, text = self.sends(
            "/claim/", code=code, name=f"cuenta-{uuid4().hex[:8]}", password=PASSWORD, again=PASSWORD
        )
        assert status == 302, text[:300]
        return self
