/** Numbers of persons as lists show them: their end tells two people apart, the whole stands on the dossier's own page and on papers. */

const DOTS = '••••';
const SHOWN = 4;

/** "079196004217" gives "•••• 4217"; '' stays ''. Of a number that is no longer than its end nothing is shown. */
export function maskNumber(number: string): string {
  const plain = number.replace(/[^\p{L}\p{N}]/gu, '');
  if (plain === '') return '';
  return plain.length <= SHOWN ? DOTS : `${DOTS} ${plain.slice(-SHOWN)}`;
}

/** Nine digits or more, typed in one or in groups: CMND, CCCD, phone, BHXH, account. A date has eight. */
const LONG_NUMBER = /(?<!\d)\d(?:[ .-]?\d){8,}(?!\d)/g;

/** Free text (a name, a request in the clerk's words) with every long number in it masked. */
export function maskNumbersIn(text: string): string {
  return text.replace(LONG_NUMBER, maskNumber);
}
