/** Invented dossiers for the pictures: a plain one, the longest that can come, and one where nothing is known yet. */
import type { SlipSource } from '../../../renderer/screens/print/use-slip-model.ts';
import type { Numbering } from '../../../shared/catalogue/slips.ts';
import { daysBetween } from '../../../shared/lib/local-date.ts';
import type { RegisterInput, SlipInput } from '../../../shared/slip/slip-input.ts';

const LONGEST_NAME = 'Tôn Thất Nguyễn Phước Vĩnh Thụy Bảo Khánh Hưng Long Thiện Nhân';
const ROYAL_NAME = 'Công Tằng Tôn Nữ Huyền Trân Nguyệt Minh Thảo';
const TAY_NGUYEN_NAME = 'HʼLinh Byă Kŏ Čư Kbuôr';

const plain: SlipInput = {
  office: {
    agency: 'Ủy ban nhân dân phường Sài Gòn',
    desk: 'Trung tâm Phục vụ hành chính công phường Sài Gòn',
    phone: '028 3822 0000',
  },
  place: 'Phường Sài Gòn',
  issuedOn: '2026-11-20',
  number: '128',
  code: { official: '000.00.26740.H29-261120-0007', temporary: 'T-12-261120-003' },
  procedure: {
    name: 'Liên thông khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế, cấp thẻ căn cước cho trẻ em dưới 6 tuổi',
    code: '3.000722',
  },
  requester: {
    name: 'Trần Văn Bình',
    address: '12 đường Mẫu Một, phường Sài Gòn, Thành phố Hồ Chí Minh',
    phone: '0901 234 567',
    email: 'tranvanbinh@thu.example',
    idNumber: '079090000001',
  },
  content:
    'Liên thông khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế, cấp thẻ căn cước cho trẻ em dưới 6 tuổi',
  papers: [
    {
      name: 'Tờ khai điện tử đăng ký khai sinh, đăng ký thường trú, cấp thẻ BHYT',
      form: 'electronic',
      count: 1,
    },
    { name: 'Giấy chứng sinh', form: 'original', count: 1 },
    { name: 'Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp', form: 'copy', count: 1 },
    { name: 'Giấy chứng nhận kết hôn của cha mẹ', form: 'replaced_by_data', count: 1 },
  ],
  sets: 1,
  limit: '03 ngày làm việc',
  receivedAt: '2026-11-20T09:30',
  dueAt: '2026-11-26T16:30',
  newDueAt: '2026-12-01T16:30',
  delivery: 'Trung tâm Phục vụ hành chính công phường Sài Gòn',
  fee: '0 đồng',
  book: '02/2026',
  serial: '1287',
  clerk: 'Lê Thị Hạnh',
  reasons: ['Hệ thống của cơ quan Công an chưa trả kết quả đăng ký thường trú'],
  items: ['Giấy chứng sinh (bản chính)', 'Văn bản đồng ý cho đăng ký thường trú của chủ hộ'],
  until: '2026-12-02',
  contact: { name: 'bà Lê Thị Hạnh', phone: '028 3822 0000' },
  legalBasis: 'Nghị định số 63/2024/NĐ-CP ngày 10/6/2024 của Chính phủ',
  handOvers: [
    {
      from: 'Trung tâm Phục vụ hành chính công phường Sài Gòn',
      to: 'Công chức tư pháp - hộ tịch',
      givenAt: '2026-11-20T09:45',
      receivedAt: '2026-11-20T10:00',
      result: 'early',
      note: '',
    },
    {
      from: 'Công chức tư pháp - hộ tịch',
      to: 'Công an phường Sài Gòn',
      givenAt: '2026-11-20T15:10',
      receivedAt: '',
      result: '',
      note: 'Chuyển qua phần mềm',
    },
  ],
  signer: { role: 'CHỦ TỊCH', name: 'Phạm Thị Cúc' },
  copies: ['kept', 'given'],
  subject: [
    { label: 'Họ, chữ đệm, tên trẻ', value: 'Trần Nguyễn Bảo An' },
    { label: 'Ngày, tháng, năm sinh', value: '12/11/2026' },
  ],
  components: [
    {
      name: 'Khai sinh',
      agency: 'UBND phường Sài Gòn',
      code: '',
      dueOn: '2026-11-20',
      state: 'Đã có kết quả',
    },
    {
      name: 'Thường trú',
      agency: 'Công an phường Sài Gòn',
      code: 'G01.26.0012',
      dueOn: '2026-11-26',
      state: 'Đang giải quyết',
    },
    { name: 'Thẻ BHYT', agency: 'Bảo hiểm xã hội', code: '', dueOn: '2026-11-26', state: 'Đang giải quyết' },
  ],
  history: [
    { at: '2026-11-20T09:30', what: 'Tiếp nhận hồ sơ', who: 'Lê Thị Hạnh' },
    { at: '2026-11-20T15:10', what: 'Có kết quả khai sinh', who: 'Lê Thị Hạnh' },
  ],
  pending: true,
  sample: false,
};

const longReason =
  'Giấy tờ chứng minh chỗ ở hợp pháp không ghi rõ diện tích và không có xác nhận của chủ sở hữu nhà; chủ hộ chưa có văn bản đồng ý cho đăng ký thường trú; tên của mẹ trên Giấy chứng sinh khác với tên trong Cơ sở dữ liệu quốc gia về dân cư';

/** Everything as long as it can be: names of thirteen words, fifteen papers, many reasons. It takes more than one page. */
const longest: SlipInput = {
  ...plain,
  office: {
    agency: 'Ủy ban nhân dân phường Tân Sơn Nhì - Tân Quý - Sơn Kỳ',
    desk: 'Trung tâm Phục vụ hành chính công phường Tân Sơn Nhì - Tân Quý - Sơn Kỳ',
    phone: '028 3822 0000 - số máy lẻ 123',
  },
  place: 'Phường Tân Sơn Nhì',
  requester: {
    name: LONGEST_NAME,
    address:
      'Căn hộ A12.34 tầng 34 khu căn hộ cao cấp Mẫu Đơn Hoàng Gia, số 1234/56/78/90 đường Nguyễn Thị Minh Khai nối dài, khu phố 12, phường Tân Sơn Nhì, Thành phố Hồ Chí Minh',
    phone: '0901 234 567 - 028 3822 0000',
    email: 'tonthatnguyenphuocvinhthuybaokhanhhunglongthiennhan@hopthudientu.example',
    idNumber: '079090000001',
  },
  papers: Array.from({ length: 15 }, (_, i) => ({
    name:
      i % 3 === 0
        ? `Văn bản ủy quyền có công chứng của bà ${ROYAL_NAME} cho ông ${LONGEST_NAME}`
        : `Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp thứ ${i + 1}`,
    form: (['original', 'copy', 'electronic', 'replaced_by_data'] as const)[i % 4] ?? 'copy',
    count: (i % 3) + 1,
  })),
  clerk: ROYAL_NAME,
  reasons: Array.from({ length: 6 }, (_, i) => `${longReason} (${i + 1}).`),
  items: Array.from({ length: 9 }, (_, i) => `${longReason}; giấy thứ ${i + 1} của bà ${TAY_NGUYEN_NAME}`),
  handOvers: Array.from({ length: 9 }, (_, i) => ({
    from: i % 2 ? `Công an phường Tân Sơn Nhì (${ROYAL_NAME})` : 'Bảo hiểm xã hội cơ sở Tân Bình',
    to: 'Trung tâm Phục vụ hành chính công phường Tân Sơn Nhì - Tân Quý - Sơn Kỳ',
    givenAt: `2026-11-2${i}T09:45`,
    receivedAt: `2026-11-2${i}T10:15`,
    result: (['early', 'on_time', 'late', ''] as const)[i % 4] ?? '',
    note: i % 2 ? longReason : '',
  })),
  signer: { role: 'KT. CHỦ TỊCH PHÓ CHỦ TỊCH', name: ROYAL_NAME },
  subject: [
    { label: 'Họ, chữ đệm, tên trẻ', value: TAY_NGUYEN_NAME },
    { label: 'Họ, chữ đệm, tên mẹ', value: ROYAL_NAME },
  ],
  history: Array.from({ length: 40 }, (_, i) => ({
    at: `2026-11-20T10:${String(i).padStart(2, '0')}`,
    what: `Ghi nhận việc thứ ${i + 1}`,
    who: ROYAL_NAME,
  })),
};

/** Before 01/07/2025, and nothing but a temporary number yet: the rest is filled in by hand. */
const blank: SlipInput = {
  ...plain,
  office: { agency: 'Ủy ban nhân dân phường Bến Nghé', desk: 'Bộ phận Tiếp nhận và Trả kết quả', phone: '' },
  place: '',
  issuedOn: '',
  number: '',
  code: { official: '', temporary: 'T-12-261120-003' },
  procedure: { name: '', code: '' },
  requester: { name: '', address: '', phone: '', email: '', idNumber: '' },
  content: '',
  papers: [],
  sets: 0,
  limit: '',
  receivedAt: '',
  dueAt: '',
  newDueAt: '',
  delivery: '',
  fee: '',
  book: '',
  serial: '',
  clerk: '',
  reasons: [],
  items: [],
  until: '',
  contact: { name: '', phone: '' },
  legalBasis: '',
  handOvers: [],
  signer: { role: '', name: '' },
  subject: [],
  components: [],
  history: [],
  sample: true,
};

export const WALL = Array.from({ length: 600 }, (_, i) => String(i).padStart(4, '0'));

/** One reason longer than a sheet, one row of a table longer than a sheet. */
const wall: SlipInput = {
  ...plain,
  reasons: [wallOf('L')],
  handOvers: [{ ...plain.handOvers[0], note: wallOf('G') } as SlipInput['handOvers'][number]],
};

/** About as long as one field may be; each word is whole wherever the sheet ends. */
function wallOf(letter: string): string {
  return WALL.map((n) => `${letter}${n}`).join(' ');
}

const inputs: Readonly<Record<string, SlipInput>> = { plain, longest, blank, wall };

/** `items12` = the plain dossier with twelve things to complete. */
export function inputOf(fixture: string): SlipInput {
  const count = /^items(\d+)$/.exec(fixture)?.[1];
  const input = inputs[fixture];
  if (input) return input;
  if (count === undefined) throw new Error(`no fixture ${fixture}`);
  return {
    ...plain,
    items: Array.from({ length: Number(count) }, (_, i) => `Giấy tờ còn thiếu thứ ${i + 1}`),
  };
}

function registerOf(rows: number): RegisterInput {
  return {
    office: plain.office,
    place: plain.place,
    issuedOn: plain.issuedOn,
    book: plain.book,
    from: '2026-11-01',
    to: '2026-11-20',
    keeper: plain.clerk,
    sample: false,
    rows: Array.from({ length: rows }, (_, i) => ({
      code:
        i % 4 === 3
          ? { official: '', temporary: `T-12-261120-${String(i).padStart(3, '0')}` }
          : { official: `000.00.26740.H29-261120-${String(i).padStart(4, '0')}`, temporary: '' },
      procedure: i % 2 ? 'Liên thông khai tử, xóa đăng ký thường trú, mai táng phí' : plain.procedure.name,
      sets: 1,
      name: [plain.requester.name, LONGEST_NAME, TAY_NGUYEN_NAME][i % 3] ?? '',
      address: i % 3 === 1 ? longest.requester.address : plain.requester.address,
      phone: plain.requester.phone,
      agency: plain.office.agency,
      receivedAt: '2026-11-20T09:30',
      dueAt: '2026-11-26',
      resultAt: i % 2 ? '2026-11-26' : '',
      delivery: 'Tại Trung tâm',
      note: '',
      pending: i % 5 === 0,
    })),
  };
}

const numberingOf = (name = ''): Numbering => (name === '2018' ? 'tt01-2018' : 'tt03-2025');

/** A dossier's id is `<fixture>-<year of the circular>`; the register has as many rows as days lie in its window. */
export const source: SlipSource = {
  async slip({ id }) {
    const [fixture = '', year] = id.split('-');
    return { numbering: numberingOf(year), input: inputOf(fixture) };
  },
  async register({ from, to }) {
    return {
      numbering: numberingOf(from < '2025-09-15' ? '2018' : '2025'),
      input: { ...registerOf(daysBetween(from, to)), from, to },
    };
  },
  proof: () => Promise.reject(new Error('no proof among the fixtures')),
  person: () => Promise.reject(new Error('no person among the fixtures')),
  notice: () => Promise.reject(new Error('no notice among the fixtures')),
};
