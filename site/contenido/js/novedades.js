/*
 * Copies the message to send. A page opened from a folder may not write to the
 * clipboard; there the text is selected and the browser's own order is asked.
 */
(function () {
  "use strict";

  function selected(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return selection;
  }

  function copySelection(element) {
    selected(element);
    try {
      return document.execCommand("copy");
    } catch (error) {
      return false;
    }
  }

  document.querySelectorAll("button[data-copiar]").forEach(function (button) {
    var text = document.getElementById(button.dataset.copiar);
    var notice = button.parentElement.querySelector("[role=status]");
    if (!text || !notice) return;

    function tell(done) {
      notice.textContent = done ? "Copiado." : "No se pudo copiar; el texto quedó seleccionado.";
      if (!done) selected(text);
    }

    button.hidden = false;
    button.addEventListener("click", function () {
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(text.innerText).then(
          function () { tell(true); },
          function () { tell(copySelection(text)); }
        );
      } else {
        tell(copySelection(text));
      }
    });
  });
})();
