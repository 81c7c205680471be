/*
 * Tables and code written in plain Markdown scroll sideways when they are wider
 * than the screen. What scrolls has to be reachable with the keyboard and have
 * a name.
 */
(function () {
  "use strict";

  var SCROLLERS = ".md-typeset__scrollwrap, .md-typeset pre > code";

  function headingBefore(element) {
    var last = null;
    document.querySelectorAll(".md-typeset :is(h1, h2, h3)").forEach(function (heading) {
      var follows = heading.compareDocumentPosition(element);
      if (follows & Node.DOCUMENT_POSITION_FOLLOWING) last = heading;
    });
    return last ? last.firstChild.textContent.trim() : document.title;
  }

  function reach(element) {
    if (element.closest(".pt-tabla")) return;
    if (element.scrollWidth <= element.clientWidth) return;
    element.tabIndex = 0;
    if (element.tagName === "CODE") return;
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", "Tabla: " + headingBefore(element));
  }

  function reachAll() {
    document.querySelectorAll(SCROLLERS).forEach(reach);
  }

  /* The theme wraps the tables once the document is ready. */
  window.addEventListener("load", reachAll);
  window.addEventListener("resize", reachAll);
})();
