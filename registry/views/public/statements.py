"""What the portal says about itself at length, in both languages: accessibility and privacy."""

from typing import NamedTuple

from contracts.records import Text


class Part(NamedTuple):
    """A heading and the paragraphs under it."""

    title: Text | None
    paragraphs: tuple[Text, ...]


class Statement(NamedTuple):
    """One page of plain words."""

    title: Text
    parts: tuple[Part, ...]


ACCESSIBILITY = Statement(
    Text(km="ភាពងាយស្រួលប្រើសម្រាប់មនុស្សគ្រប់រូប", en="Accessibility"),
    (
        Part(
            None,
            (
                Text(
                    km="វិបផតថលនេះត្រូវបានរៀបចំឱ្យដំណើរការលើទូរស័ព្ទតូច លើអ៊ីនធឺណិតយឺត ដោយប្រើក្តារចុច និងជាមួយកម្មវិធីអានអេក្រង់។ "
                    "គ្រប់ទំព័រដំណើរការដោយមិនត្រូវការ JavaScript។",
                    en="The portal is made to work on small phones, on slow lines, with a keyboard alone and with screen readers. "
                    "Every page works without JavaScript.",
                ),
                Text(
                    km="យើងមានគោលដៅអនុលោមតាម WCAG 2.2 កម្រិត AA។ គ្មានអ្នកត្រួតពិនិត្យឯករាជ្យណាបានពិនិត្យវានៅឡើយទេ។",
                    en="We aim at WCAG 2.2, level AA. No independent reviewer has checked it yet.",
                ),
            ),
        ),
        Part(
            Text(km="អ្វីដែលនៅមិនទាន់ល្អ", en="What is not good yet"),
            (
                Text(
                    km="អត្ថបទភាសាខ្មែរជាសេចក្តីព្រាង រង់ចាំការបញ្ជាក់ពីអ្នកអានដែលចេះភាសាខ្មែរពីកំណើត។ "
                    "ប្រភពឯកសារខ្លះបង្ហាញតែជាភាសាអង់គ្លេស។",
                    en="The Khmer texts are drafts and wait for a native reader. Some sources are shown in English only.",
                ),
                Text(
                    km="ឯកសារ PDF មានស្លាកសម្រាប់កម្មវិធីអានអេក្រង់ ប៉ុន្តែមិនទាន់ត្រូវបានសាកល្បងជាមួយកម្មវិធីអានអេក្រង់ភាសាខ្មែរទេ។ "
                    "អត្ថបទដូចគ្នាមាននៅលើទំព័រផងដែរ។",
                    en="PDF files carry tags for screen readers, but were not tried with a Khmer screen reader. "
                    "The same text stands on the pages too.",
                ),
            ),
        ),
        Part(
            Text(km="ប្រសិនបើមានអ្វីមួយរារាំងលោកអ្នក", en="If something stands in your way"),
            (
                Text(
                    km="សូមប្រាប់មន្ត្រីចុះបញ្ជីរបស់ក្រសួងថា ទំព័រណា និងអ្វីដែលមិនដំណើរការ។ លោកអ្នកអាចធ្វើគ្រប់ជំហានលើក្រដាសផងដែរ។",
                    en="Tell the Ministry's registration officer which page it was and what did not work. "
                    "You can take every step on paper as well.",
                ),
            ),
        ),
    ),
)

PRIVACY = Statement(
    Text(km="ឯកជនភាព", en="Privacy"),
    (
        Part(
            Text(km="គ្មានទិន្នន័យជនរងគ្រោះ", en="No data of victims"),
            (
                Text(
                    km="វិបផតថលនេះមិនទុកឈ្មោះ សំណុំរឿង ឬរូបភាពរបស់មនុស្សដែលអង្គការថែទាំឡើយ ហើយក៏មិនសុំដែរ។ "
                    "របាយការណ៍មានតែចំនួនសរុប។ ចំនួនតិចជាង ១១ មិនត្រូវផ្សព្វផ្សាយឡើយ។",
                    en="The portal holds no name, no case file and no picture of anybody whom an organisation cares for, "
                    "and does not ask for them. Reports hold totals only. Totals under 11 are not published.",
                ),
                Text(
                    km="ទីកន្លែងរបស់ជម្រកមិនត្រូវបានបង្ហាញឡើយ។ វាត្រូវបានរក្សាទុកជាសម្ងាត់ដោយកូដ ក្នុងតារាងដាច់ដោយឡែក។",
                    en="Where a shelter is, is never shown. It is kept encrypted, in a table of its own.",
                ),
            ),
        ),
        Part(
            Text(km="អ្វីដែលយើងរក្សាទុក", en="What we keep"),
            (
                Text(
                    km="អំពីមនុស្សដែលមានគណនី៖ ឈ្មោះ មុខតំណែង អ៊ីមែល ពេលចូលប្រើ និងអ្វីដែលពួកគេបានធ្វើក្នុងវិបផតថល។ "
                    "អំពីអង្គការ៖ ពាក្យសុំ ឯកសារ អនុស្សារណៈ និងរបាយការណ៍។",
                    en="Of people with an account: name, post, e-mail, when they signed in, and what they did in the portal. "
                    "Of organisations: application, papers, memoranda and reports.",
                ),
                Text(
                    km="ឈ្មោះ និងមុខតំណែងរបស់អ្នកចុះហត្ថលេខា អាចមើលឃើញដោយអ្នកដែលមានលេខកូដ ឬឯកសារអនុស្សារណៈ។",
                    en="The name and post of those who signed can be seen by whoever holds the code or the file of a memorandum.",
                ),
                Text(
                    km="កំណត់ហេតុនៃការសម្រេចត្រូវបានរក្សាទុក ព្រោះភាគីទាំងពីរត្រូវអាចបញ្ជាក់អ្វីដែលបានព្រមព្រៀង។ "
                    "រយៈពេលរក្សាទុក៖ សំណើ រង់ចាំក្រសួងកំណត់។",
                    en="The record of decisions is kept, because both sides must be able to prove what was agreed. "
                    "For how long: proposed, to be set by the Ministry.",
                ),
            ),
        ),
        Part(
            Text(km="អ្វីដែលយើងមិនរក្សាទុក", en="What we do not keep"),
            (
                Text(
                    km="ការពិពណ៌នារបស់លោកអ្នកនៅលើទំព័រ «មុនពេលចុះហត្ថលេខា» មានតែក្នុងអាសយដ្ឋាននៃទំព័រប៉ុណ្ណោះ។ "
                    "ឯកសារដែលលោកអ្នកយកមកពិនិត្យ ត្រូវបានពិនិត្យ រួចបំភ្លេចចោល។",
                    en="What you describe under “Before you sign” stands in the address of the page only. "
                    "A file that you have checked is looked at and then forgotten.",
                ),
                Text(
                    km="គ្មានការតាមដាន គ្មានការផ្សាយពាណិជ្ជកម្ម ហើយទំព័រនានាមិនយកអ្វីពីគេហទំព័រផ្សេងឡើយ។ "
                    "ខូឃី (cookie) ប្រើសម្រាប់តែការចូលគណនី ការការពារទម្រង់បែបបទ និងភាសាប៉ុណ្ណោះ។",
                    en="There is no tracking and no advertising, and pages fetch nothing from other sites. "
                    "Cookies serve signing in, the protection of forms and the language, nothing else.",
                ),
            ),
        ),
        Part(
            Text(km="ច្បាប់", en="The law"),
            (
                Text(
                    km="ឯកជនភាពត្រូវបានការពារដោយរដ្ឋធម្មនុញ្ញ និងមាត្រា ១០ នៃក្រមរដ្ឋប្បវេណី។ "
                    "សេចក្តីព្រាងច្បាប់ស្តីពីការការពារទិន្នន័យផ្ទាល់ខ្លួន (ខែកក្កដា ឆ្នាំ២០២៥) មិនទាន់ចូលជាធរមាន តាមប្រភពដែលយើងបានឃើញ។",
                    en="Privacy is protected by the Constitution and by Article 10 of the Civil Code (lexmundi.com). "
                    "The draft law on personal data (July 2025) was not in force in the sources that we saw.",
                ),
                Text(
                    km="ដើម្បីសួរ កែ ឬតវ៉ា សូមសរសេរទៅមន្ត្រីចុះបញ្ជីរបស់ក្រសួង។",
                    en="To ask, to correct or to object, write to the Ministry's registration officer.",
                ),
            ),
        ),
    ),
)
