/*
 * The menu drawer of narrow screens. The theme opens it with a hidden checkbox,
 * which a keyboard cannot reach; here a button drives the checkbox, says whether
 * the menu is open, and keeps the focus inside the header and the drawer.
 */
(function () {
  "use strict";

  var button = document.querySelector("[data-abrir-menu]");
  var toggle = document.getElementById("__drawer");
  var menu = document.getElementById("pt-navegacion");
  if (!button || !toggle || !menu) return;

  var header = document.querySelector(".md-header");
  var COVERED = ".md-content, .md-sidebar--secondary, .md-footer, .md-banner";

  function reflect() {
    var open = toggle.checked;
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? "Cerrar el menú" : "Menú");
    document.querySelectorAll(COVERED).forEach(function (element) {
      element.inert = open;
    });
  }

  function set(open) {
    if (toggle.checked === open) return;
    /* The drawer hangs from the header, wherever the notice above has left it. */
    document.documentElement.style.setProperty(
      "--pt-cajon", Math.max(0, header.getBoundingClientRect().bottom) + "px"
    );
    toggle.checked = open;
    toggle.dispatchEvent(new Event("change"));
  }

  button.addEventListener("click", function () {
    set(!toggle.checked);
    if (!toggle.checked) return;
    var place = menu.querySelector("[aria-current=page]") || menu.querySelector("a");
    if (place) place.focus({ preventScroll: true });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !toggle.checked) return;
    set(false);
    button.focus();
  });

  /* A wide window shows the navigation without a drawer. */
  window.matchMedia("(min-width: 76.25em)").addEventListener("change", function () {
    set(false);
  });

  toggle.addEventListener("change", reflect);
  reflect();
})();
