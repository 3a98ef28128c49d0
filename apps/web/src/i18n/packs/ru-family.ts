import account from '../../locales/ru/account.json';
import common from '../../locales/ru/common.json';
import diary from '../../locales/ru/diary.json';
import errors from '../../locales/ru/errors.json';
import family from '../../locales/ru/family.json';
import session from '../../locales/ru/session.json';

export default { account, common, diary, errors, family, session };
