// Setting a kiosk up by its address: the key behind the # is sent, and stands in the address no longer.
const key = location.hash.slice(1);
if (key) {
  history.replaceState(null, "", location.pathname);
  const field = document.querySelector('[name="key"]');
  field.value = key;
  field.form.action = location.pathname;
  field.form.submit();
}
