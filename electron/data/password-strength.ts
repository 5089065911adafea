/**
 * How many guesses a new password takes for somebody who tries what people choose first: 49,000 passwords that were found in the open
 * (OWASP ASVS 5.0 6.2.4, 6.2.12), Vietnamese names and places, keyboards, dates, repetitions. Read only when a password is chosen.
 */
import { units } from '../../shared/catalogue/units.ts';
import { passwordText } from '../../shared/domain/sign-in.ts';
import { searchKey } from '../../shared/lib/vietnamese-text.ts';

/** At a third of a second a guess more than a hundred years of one processor core. */
const FEWEST_GUESSES = 1e10;
/** A longer password is judged by its beginning: the work grows with the square of the length. */
const JUDGED_LETTERS = 60;

/** What a Vietnamese office types without thinking; without accents, as the words are compared. */
const habits = [
  ...'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly trinh dinh mai truong'.split(
    ' ',
  ),
  ...'van thi anh binh chau dung giang hai hanh hoa huong hung khanh lan linh long mai minh nam nga ngoc nhung phuc phuong quang son tam thanh thao thu thuy trang trung tuan tung viet vy yen'.split(
    ' ',
  ),
  ...'matkhau motcua somotcua phuong xa quan huyen thanhpho ubnd uyban congchuc canbo quocgia vietnam saigon tphcm hochiminh yeu anhyeuem emyeuanh concon gia dinh'.split(
    ' ',
  ),
  ...'khaisinh khaitu thuongtru cancuoc baohiem hoso tiepnhan'.split(' '),
];

async function makeEstimator() {
  const { ZxcvbnFactory } = await import('@zxcvbn-ts/core');
  const { dictionary, adjacencyGraphs } = await import('@zxcvbn-ts/language-common');
  const places = units.map((unit) =>
    bare(unit.name.replace(/^(Phường|Xã|Thị trấn|Quận|Huyện|Thành phố) /u, '')),
  );
  return new ZxcvbnFactory({
    dictionary: { ...dictionary, vietnamese: [...new Set([...habits, ...places])] },
    graphs: adjacencyGraphs,
    maxLength: JUDGED_LETTERS,
  });
}
const bare = (text: string) => searchKey(text).replaceAll(' ', '');

let estimator: ReturnType<typeof makeEstimator> | null = null;

/** `names`: of the person and the office. */
export async function isEasyToGuess(password: string, names: readonly string[]): Promise<boolean> {
  estimator ??= makeEstimator();
  const known = names.flatMap((name) => [bare(name), ...searchKey(name).split(' ')]);
  const judge = await estimator;
  const text = searchKey(passwordText(password));
  // With its spaces, and as one word: whichever is found sooner.
  return [text, text.replaceAll(' ', '')].some((one) => judge.check(one, known).guesses < FEWEST_GUESSES);
}
