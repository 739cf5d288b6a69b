/**
 * What the voice is asked to say, as a language model would write it, and the words that a listener should hear. The words
 * are written by hand and not by the program's rules: a wrong reading shall count.
 */
export interface TestSentence {
  readonly written: string;
  readonly heard: string;
}

const PAIRS: readonly (readonly [written: string, heard: string])[] = [
  [
    'The company earned $3.5M in 2023, up 12% from the year before.',
    'the company earned three point five million dollars in twenty twenty three up twelve percent from the year before',
  ],
  [
    'Dr. Smith lives at 221B Baker St. near the park.',
    'doctor smith lives at two twenty one b baker street near the park',
  ],
  [
    'The meeting is on March 3, 2025 at 9:30 a.m. in Room 204.',
    'the meeting is on march third twenty twenty five at nine thirty am in room two oh four',
  ],
  ['In the year 2150, a robot learned to paint.', 'in the year twenty one fifty a robot learned to paint'],
  [
    'She was born in 1905 and moved to Paris in 1923.',
    'she was born in nineteen oh five and moved to paris in nineteen twenty three',
  ],
  [
    'The temperature fell to -5°C overnight, the lowest since the 1980s.',
    'the temperature fell to minus five degrees celsius overnight the lowest since the nineteen eighties',
  ],
  [
    'Henry VIII had six wives, and Elizabeth I had none.',
    'henry the eighth had six wives and elizabeth the first had none',
  ],
  [
    'World War II ended in 1945, after nearly six years.',
    'world war two ended in nineteen forty five after nearly six years',
  ],
  [
    'The file is 4.7 GB, so it takes about 10 min. to download.',
    'the file is four point seven gigabytes so it takes about ten minutes to download',
  ],
  [
    'Call 555-123-4567 before 6 p.m. on Friday.',
    'call five five five one two three four five six seven before six pm on friday',
  ],
  [
    'I read the book yesterday, and I will read it again tomorrow.',
    'i read the book yesterday and i will read it again tomorrow',
  ],
  ['The nurse wound the bandage around the wound.', 'the nurse wound the bandage around the wound'],
  [
    'Please close the door, because we are close to the street.',
    'please close the door because we are close to the street',
  ],
  [
    'The farm was used to produce fresh produce for the town.',
    'the farm was used to produce fresh produce for the town',
  ],
  [
    'A tear ran down her cheek when she saw the tear in her dress.',
    'a tear ran down her cheek when she saw the tear in her dress',
  ],
  [
    'They live in Boston and watch live music on Sundays.',
    'they live in boston and watch live music on sundays',
  ],
  [
    'The singer caught a bass while playing his bass guitar.',
    'the singer caught a bass while playing his bass guitar',
  ],
  ['NASA and the FBI both use the same JPEG images.', 'nasa and the fbi both use the same jpeg images'],
  [
    'About 3/4 of the students passed, and 1/3 got the top grade.',
    'about three quarters of the students passed and one third got the top grade',
  ],
  [
    'He ran 26.2 miles in 3 hours and 45 minutes.',
    'he ran twenty six point two miles in three hours and forty five minutes',
  ],
  [
    'The Eiffel Tower is 330 m tall and weighs about 10,100 tons.',
    'the eiffel tower is three hundred thirty meters tall and weighs about ten thousand one hundred tons',
  ],
  [
    'Mix 2 1/2 cups of flour with 1 tsp of salt.',
    'mix two and a half cups of flour with one teaspoon of salt',
  ],
  [
    'Light travels at roughly 300,000 km/s.',
    'light travels at roughly three hundred thousand kilometers per second',
  ],
  [
    'The recipe needs 350°F for 25–30 minutes.',
    'the recipe needs three hundred fifty degrees fahrenheit for twenty five to thirty minutes',
  ],
  [
    'Visit example.com for details, or write to help@example.com.',
    'visit example dot com for details or write to help at example dot com',
  ],
  [
    'The population grew from 1.2 million in 1990 to 2.8 million today.',
    'the population grew from one point two million in nineteen ninety to two point eight million today',
  ],
  [
    'Mr. Jones paid €49.99 for the shoes and £5 for the socks.',
    'mister jones paid forty nine euros and ninety nine cents for the shoes and five pounds for the socks',
  ],
  [
    'The 21st century began on January 1, 2001.',
    'the twenty first century began on january first two thousand one',
  ],
  ['Chapter IV begins on page 112.', 'chapter four begins on page one hundred twelve'],
  [
    'King Charles III was crowned on 6 May 2023.',
    'king charles the third was crowned on the sixth of may twenty twenty three',
  ],
  ['The score was 21-14 when the rain began.', 'the score was twenty one to fourteen when the rain began'],
  [
    'The CEO said that Q2 revenue rose by $250,000.',
    'the ceo said that q two revenue rose by two hundred fifty thousand dollars',
  ],
  [
    'Python 3.12 is faster than version 3.8.',
    'python three point twelve is faster than version three point eight',
  ],
  [
    'Marie Curie won the Nobel Prize in 1903 and again in 1911.',
    'marie curie won the nobel prize in nineteen oh three and again in nineteen eleven',
  ],
  [
    'Only 0.5% of the water, i.e. almost nothing, was lost.',
    'only zero point five percent of the water that is almost nothing was lost',
  ],
  [
    'Bring bread, milk, eggs, etc. and meet me at 7:15.',
    'bring bread milk eggs et cetera and meet me at seven fifteen',
  ],
  ['Flight 370 left at 14:30 from Gate 12.', 'flight three seventy left at fourteen thirty from gate twelve'],
  ['The Battle of Hastings took place in 1066.', 'the battle of hastings took place in ten sixty six'],
  [
    'Each box holds 12 bottles of 750 mL.',
    'each box holds twelve bottles of seven hundred fifty milliliters',
  ],
  ['The U.S. Senate has 100 members.', 'the us senate has one hundred members'],
  [
    "John's 3rd-grade teacher, Mrs. O'Brien, retired in '98.",
    "john's third grade teacher missus o'brien retired in ninety eight",
  ],
  [
    'If x² = 49, then x = 7 or x = -7.',
    'if x squared equals forty nine then x equals seven or x equals minus seven',
  ],
  ['What is 15 × 4 + 2?', 'what is fifteen times four plus two'],
  ['The ratio of men to women was 3:2.', 'the ratio of men to women was three to two'],
  [
    '**Important:** drink at least 8 glasses of water a day!',
    'important drink at least eight glasses of water a day',
  ],
  [
    'Mount Everest is 29,032 feet high, and K2 is second.',
    'mount everest is twenty nine thousand thirty two feet high and k two is second',
  ],
  [
    'The invoice No. 45 is due on 12/31/2024.',
    'the invoice number forty five is due on december thirty first twenty twenty four',
  ],
  [
    'The storm brought winds of 120 mph & 15" of rain.',
    'the storm brought winds of one hundred twenty miles per hour and fifteen inches of rain',
  ],
  ['Prof. Nakamura teaches physics at MIT.', 'professor nakamura teaches physics at mit'],
  ['The desert soldiers did not desert their post.', 'the desert soldiers did not desert their post'],
  ['I object to that object on my desk.', 'i object to that object on my desk'],
  ['They will present the present at the party.', 'they will present the present at the party'],
  [
    'We must polish the silver before the guests arrive.',
    'we must polish the silver before the guests arrive',
  ],
  [
    'The patient was content with the content of the letter.',
    'the patient was content with the content of the letter',
  ],
  [
    'Her record is that she will record one song a week.',
    'her record is that she will record one song a week',
  ],
  ['The dove dove into the bushes.', 'the dove dove into the bushes'],
  ['Add 5 g of yeast per 500 g of flour.', 'add five grams of yeast per five hundred grams of flour'],
  [
    'The car costs $28,500 and gets 40 mpg.',
    'the car costs twenty eight thousand five hundred dollars and gets forty miles per gallon',
  ],
  [
    'Beethoven wrote Symphony No. 9 between 1822 and 1824.',
    'beethoven wrote symphony number nine between eighteen twenty two and eighteen twenty four',
  ],
  ['There were 1,500 people in line by 8:05.', 'there were fifteen hundred people in line by eight oh five'],
  [
    'The train from Berlin to Munich takes 4.5 hours.',
    'the train from berlin to munich takes four point five hours',
  ],
  [
    'Take I-95 north for 40 miles, then exit 12.',
    'take i ninety five north for forty miles then exit twelve',
  ],
  [
    'The budget is $1.2 billion, or roughly 5x last year.',
    'the budget is one point two billion dollars or roughly five times last year',
  ],
  [
    'COVID-19 changed how people work, shop and travel.',
    'covid nineteen changed how people work shop and travel',
  ],
  [
    'My 10-year-old laptop has 8 GB of memory and a 13" screen.',
    'my ten year old laptop has eight gigabytes of memory and a thirteen inch screen',
  ],
  [
    'The lead singer was led to the stage, past the lead pipes.',
    'the lead singer was led to the stage past the lead pipes',
  ],
  ['Wind the clock before the wind gets up.', 'wind the clock before the wind gets up'],
  ['Use the `print` function, then press **Enter**.', 'use the print function then press enter'],
];

export const SENTENCES: readonly TestSentence[] = PAIRS.map(([written, heard]) => ({ written, heard }));
