"""Takes the pictures of the README from the real pages of the sample registry: `make screenshots`."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from app import create_app
from tests.journeys.conftest import CHROMIUM, FLAGS, served
from tests.sample import ROOT, loaded_into

FOLDER = ROOT / "docs" / "screenshots"
SHELTER = (
    "before-you-sign?service=residential-care&service=counselling&group=women&group=girls&province=12"
    "&places=24&child_places=12&active_cases=30&staff.case_manager=1"
)
PICTURES = (
    ("home", "", "km", 360),
    ("before-you-sign", SHELTER, "en", 1280),
    ("providers", "providers", "en", 1280),
    ("before-you-sign", SHELTER, "km", 360),
)


def main() -> None:
    """One picture for each line of PICTURES."""
    instance = loaded_into(ROOT / ".setup" / "sample")
    app = create_app({"INSTANCE": str(instance)})
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for origin in served(app):
            for name, address, language, width in PICTURES:
                page = browser.new_page(viewport={"width": width, "height": 780 if width < 500 else 960})
                page.goto(f"{origin}/{language}/{address}")
                keep(page.screenshot(), FOLDER / f"{name}-{language}-{width}.png")


def keep(picture: bytes, path: Path) -> None:
    """A small file: 128 colours are enough for flat pages."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(128)
    image.save(path, optimize=True)


if __name__ == "__main__":
    main()
