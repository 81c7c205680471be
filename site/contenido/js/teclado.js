/*
 * The theme gives bare letters a meaning (s searches, n and p turn the page). A
 * person who dictates, or who types "s" for «Sí» on a checklist, sets them off
 * unawares, and there is no way to switch them off: they are stopped here.
 */
(function () {
  "use strict";

  var SHORTCUTS = ["f", "s", "/", "p", ",", "n", "."];
  var search = document.getElementById("__search");

  function takesText(element) {
    if (element.matches("textarea, select, [contenteditable]")) return true;
    return element.matches("input") && !/^(radio|checkbox)$/.test(element.type);
  }

  window.addEventListener(
    "keydown",
    function (event) {
      if (search && search.checked) return;
      if (event.target instanceof Element && takesText(event.target)) return;
      if (SHORTCUTS.includes(event.key)) event.stopPropagation();
    },
    true
  );
})();
