// Runs before the first paint: an external file, because the content security policy allows no inline script.
(function () {
  var root = document.documentElement;
  var chosen = null;
  try {
    chosen = window.localStorage.getItem('mantine-color-scheme-value');
    var language = window.localStorage.getItem('parta.language');
    if (language === 'ru' || language === 'en') root.lang = language;
  } catch (error) {
    // Storage may be forbidden; the defaults stand.
  }
  var dark =
    chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
