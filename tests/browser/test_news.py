"""Novedades and the sheet to sign, as people use them: the message copied, the sheet on paper."""

from pathlib import Path

from reader import Open


def test_the_message_is_copied_as_it_is_in_the_file(window: Open, versions_web: str, demo: Path) -> None:
    watched = window(versions_web)
    watched.window.grant_permissions(["clipboard-read", "clipboard-write"])
    page = watched.page()
    page.goto(versions_web + "vigente/novedades/2.0.0.html")
    page.get_by_role("button", name="Copiar el texto").click()
    page.get_by_text("Copiado.", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    file = (demo / "vigente" / "novedades" / "2.0.0.txt").read_text("utf-8")
    assert _lines(copied) == _lines(file)


def test_the_message_is_copied_from_a_folder_too(window: Open, demo: Path) -> None:
    """There the browser keeps the clipboard from scripts, and its own order has to do."""
    page = window(demo.as_uri() + "/").page()
    page.goto((demo / "vigente" / "novedades" / "2.0.0.html").as_uri())
    page.get_by_role("button", name="Copiar el texto").click()
    page.locator(".pt-mensaje__aviso").get_by_text("texto quedó seleccionado").or_(
        page.get_by_text("Copiado.", exact=True)
    ).wait_for()


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_a_sheet_prints_what_is_read_by_name_and_lines_to_sign(window: Open, versions_web: str) -> None:
    page = window(versions_web).page()
    page.goto(versions_web + "vigente/acuses/asesor_atencion.html")
    page.emulate_media(media="print")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")  # as the theme does
    assert page.get_by_text("Traslado de servicio", exact=True).first.is_visible()
    assert not page.locator(".pt-acuse dl").first.is_visible()
    assert page.locator(".pt-firmas tbody tr").last.is_visible()
