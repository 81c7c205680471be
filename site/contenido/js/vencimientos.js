/*
 * A review date that has passed on the reader's own calendar says so. The page
 * is built once and read for months, so only the browser can know.
 */
(function () {
  "use strict";

  var now = new Date();
  var today = [
    now.getFullYear(),
    String(now.getMonth() + 1).padStart(2, "0"),
    String(now.getDate()).padStart(2, "0")
  ].join("-");

  document.querySelectorAll("time[data-vence][datetime]").forEach(function (date) {
    if (date.dateTime.slice(0, 10) >= today) return;
    date.classList.add("pt-vencida");
    date.append(" (vencida)");
  });
})();
