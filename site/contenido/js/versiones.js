/*
 * The theme's version button is read aloud as its label alone, without the
 * version it shows. It appears late, when the list of versions has arrived.
 */
(function () {
  "use strict";

  var title = document.querySelector(".md-header__topic");
  if (!title) return;

  new MutationObserver(function (_, observer) {
    var button = title.querySelector(".md-version__current");
    if (!button) return;
    observer.disconnect();
    button.setAttribute("aria-label", button.textContent.trim() + ": elegir versión");
  }).observe(title, { childList: true, subtree: true });
})();
