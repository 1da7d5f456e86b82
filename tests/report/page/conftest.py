"""A real Chromium without a window. Where there is none on the PATH, what needs it is skipped and says so."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from page_cases import SCREENED, THREE_YEARS, many, page, reading

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Visit:
    """A page that is open, with everything that it said, asked for or broke."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page, self.file = page, file
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, hash_: str = "") -> Visit:
        """Load the file anew at a view."""
        self.page.goto("about:blank")
        self.page.goto(self.address(hash_))
        self.page.wait_for_selector("main h1")
        return self

    def address(self, hash_: str = "") -> str:
        return self.file.as_uri() + (f"#{hash_}" if hash_ else "")

    def quiet(self) -> None:
        """Nothing went wrong, and nothing but the file itself was asked for."""
        assert self.said == []
        assert {url.partition("#")[0] for url in self.asked} <= {self.file.as_uri(), "about:blank"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser that is installed here."""
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no chromium on the PATH")
    with sync.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    """``visit(file, color_scheme=…, width=…)`` gives a Visit in a context of its own; each must have been quiet."""
    opened: list[tuple[Any, Visit]] = []

    def enter(file: Path, scheme: str = "light", width: int = 1280) -> Visit:
        context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        opened.append((context, Visit(context.new_page(), file)))
        return opened[-1][1]

    yield enter
    for context, one in opened:
        one.quiet()
        context.close()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of the example's thirty units, in Chinese, with a ledger's head."""
    path = tmp_path_factory.mktemp("page") / "office.html"
    head = "120 sha256:" + "0f" * 32
    stand = {
        "CG-20": ["第2条已确认：软弱涣散", "2. 认定 五岔联社", "3. 2021-01-05 街道党工委确认第2条：核实"]
    }
    path.write_bytes(page(reading(THREE_YEARS).sheets, THREE_YEARS, "zh", ledger_head=head, standings=stand))
    return path


@pytest.fixture(scope="session")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's screening in English, from three sources, without a ledger."""
    path = tmp_path_factory.mktemp("page") / "screened.html"
    path.write_bytes(page(reading(SCREENED).sheets, SCREENED, "en"))
    return path


@pytest.fixture(scope="session")
def many_units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two thousand units of the screening, in Chinese."""
    path = tmp_path_factory.mktemp("page") / "many.html"
    path.write_bytes(page(many(2000, SCREENED), SCREENED, "zh"))
    return path
