import { describe, expect, it } from 'vitest';
import { createSpeakableStream } from './speakable-stream.ts';

/** Passages as language models write them, and what is said for each of their pieces. */
const ANSWERS: readonly (readonly [written: string, spoken: readonly string[]])[] = [
  [
    'Use `obj.method()` to call it. Then run `npm i. && go`. Done here now.',
    ['Use obj dot method to call it.', 'Then run npm i. and go.', 'Done here now.'],
  ],
  [
    'Here is code:\n\n```python\nprint("Hi. There.")\nx = 3.5\n```\n\nThat prints a line. It works well.',
    ['Here is code:', 'Code block in Python.', '', 'That prints a line.', 'It works well.'],
  ],
  [
    'The formula is $E = mc^2$. It is famous.\n\n$$\\int_0^1 x\\,dx = \\frac{1}{2}.$$\n\nSo the result is one half.',
    [
      'The formula is E equals m c squared.',
      'It is famous. the integral from zero to one of x d x equals one half.',
      'So the result is one half.',
    ],
  ],
  [
    '**Note. Read this first.** Then continue with the next step.',
    ['Note. Read this first.', 'Then continue with the next step.'],
  ],
  [
    'See [the docs v2.1](https://ex.com/a.b.c?x=1.5). They are long and detailed.',
    ['See the docs version two point one.', 'They are long and detailed.'],
  ],
  [
    '1. First, wash the rice.\n2. Then, boil it for 12 min.\n   - Stir once.\n   - Cover it.\n3. Serve it hot.',
    [
      'one. First, wash the rice.',
      'two. Then, boil it for twelve minutes.',
      'Stir once. Cover it.',
      'three. Serve it hot.',
    ],
  ],
  [
    '| Name | Age |\n|------|-----|\n| Ann | 30 |\n| Bob | 25.5 |\n\nAnn is older than Bob.',
    ['', 'Name: Ann, Age: thirty.', 'Name: Bob, Age: twenty-five point five.', 'Ann is older than Bob.'],
  ],
  [
    'This is a claim.[^1] It has a note.\n\n[^1]: The source is Smith, J. (2020). Vol. 3.',
    ['This is a claim.', 'It has a note. The source is Smith, J. (twenty twenty).', 'Volume three.'],
  ],
  [
    'Some <b>bold text.</b> And <a href="x.html">a link.</a> More text follows here.<br>New line here.',
    ['Some bold text.', 'And a link. More text follows here.', 'New line here.'],
  ],
  [
    '# Title v1.2\n\nText begins here. It is short.\n\n## Next: part 2\nMore text.',
    ['Title version one point two.', 'Text begins here.', 'It is short.', 'Next: part two.', 'More text.'],
  ],
  [
    '<think>I should say hi.</think>Hello there, friend. How are you?',
    ['', 'Hello there, friend.', 'How are you?'],
  ],
  ['*sighs* Well, I suppose so. *laughs softly* Fine.', ['Well, I suppose so.', 'Fine.']],
  ['The answer is 42! 🎉 Great work. 👍', ['The answer is forty-two!', 'Great work.']],
  [
    'Install with `pip install foo==1.2.3`. Then import `foo.bar`.',
    ['Install with pip install foo equals one point two point three.', 'Then import foo dot bar.'],
  ],
  [
    '- **Speed.** It is fast.\n- **Price.** It is cheap.\n\nChoose one.',
    ['Speed. It is fast.', 'Price. It is cheap.', 'Choose one.'],
  ],
  [
    'Visit https://www.example.com/a.html. Or e-mail me at a.b@c.org. Thanks a lot.',
    ['Visit example dot com.', 'Or e-mail me at a dot b at c dot org.', 'Thanks a lot.'],
  ],
  [
    '![A cat. Sleeping.](cat.png) The cat sleeps. It is old.',
    ['A cat. Sleeping. The cat sleeps.', 'It is old.'],
  ],
  [
    'Let $x_1$ and $x_2$ be roots, i.e. $f(x_i)=0$. Then we are done.',
    ['Let x sub one and x sub two be roots, that is, f of x sub i equals zero.', 'Then we are done.'],
  ],
  [
    'Call `f(a.b, c.d)`.\nThen return `None`.\nEnd of story here.',
    ['Call f(a.b, c.d).', 'Then return None.', 'End of story here.'],
  ],
  [
    'Steps:\n\n```\ncd foo\nmake.\n```\nThen:\n\n```bash\n./run.sh\n```\nFinally, enjoy.',
    ['Steps:', 'Code block.', '', 'Then:', 'Code block in Bash.', '', 'Finally, enjoy.'],
  ],
  [
    'Option A) is good. Option B) is bad. Choose A.',
    ['Option A, is good.', 'Option B, is bad.', 'Choose A.'],
  ],
  [
    'Price: ~~$50.00~~ **$39.99**. Buy it today! Offer ends Jan. 5.',
    [
      'Price: fifty dollars thirty-nine dollars and ninety-nine cents.',
      'Buy it today! Offer ends January fifth.',
    ],
  ],
  [
    'Term\n: Definition of the term. It is long.\n\nNext paragraph.',
    ['Term: Definition of the term.', 'It is long. Next paragraph.'],
  ],
  ['- [x] Write tests.\n- [ ] Ship it.\n\nDone.', ['Write tests. Ship it.', 'Done.']],
  [
    'In 2024 (see Fig. 2), sales rose 3.5%. That is good news.',
    ['In twenty twenty-four (see Figure two), sales rose three point five percent.', 'That is good news.'],
  ],
  ['Chemical: H~2~O and x^2^. Fine then.', ['Chemical: H two O and x squared.', 'Fine then.']],
  [
    'The `README.md` file says "Hello." It is short. Read `src/app.ts`.',
    ['The README dot MD file says "Hello."', 'It is short. Read src slash app dot TS.'],
  ],
  [
    'The sum is $\\frac{n(n+1)}{2}$ and $(x+1)(x-1) = x^2 - 1$ holds for f(x).',
    [
      'The sum is n times n plus one over two and x plus one times x minus one equals x squared minus one holds for f of x.',
    ],
  ],
  [
    'The slope is m = (y₂ − y₁)/(x₂ − x₁). Keep it.',
    ['The slope is m equals (y two minus y one) over (x two minus x one).', 'Keep it.'],
  ],
  [
    'The first line of the verse\\\nand the second line of it.',
    ['The first line of the verse.', 'and the second line of it.'],
  ],
  [
    'Inline math \\(a+b\\) and block \\[c = d\\] are used. Good.',
    ['Inline math a plus b and block c equals d are used.', 'Good.'],
  ],
  ['A: 1.\nB: 2.\nC: 3.\nThat is the list.', ['A: one. B: two. C: three.', 'That is the list.']],
  [
    'Line one  \nline two of the poem\nline three of it.',
    ['Line one line two of the poem.', 'line three of it.'],
  ],
  [
    '~~~js\nlet a = 1;\n~~~\nAfter the code we go on.',
    ['Code block in JavaScript.', '', 'After the code we go on.'],
  ],
  [
    '   ```json\n   {"a": 1}\n   ```\nDone indented fence now.',
    ['Code block in JSON.', '', 'Done indented fence now.'],
  ],
  [
    'Use **`npm ci`**. It is faster. See *[here](http://a.b/c.d)*.',
    ['Use npm ci. It is faster.', 'See here.'],
  ],
  [
    'Two asterisks ** are not bold. 2 * 3 * 4 is 24. snake_case_name is fine.',
    ['Two asterisks are not bold.', 'two times three times four is twenty-four. snake case name is fine.'],
  ],
  [
    'Nested **bold with `code.` inside. Yes.** End of it all.',
    ['Nested bold with code. inside. Yes.', 'End of it all.'],
  ],
  [
    'First&nbsp;second &amp; third. &lt;tag&gt; is shown. OK then.',
    ['First second and third.', 'tag is shown.', 'OK then.'],
  ],
  [
    'Bullet list:\n* One.\n* Two.\n* Three.\nEnd of the list.',
    ['Bullet list: One.', 'Two. Three. End of the list.'],
  ],
  [
    'He wrote ‘Why?’ and left. “Because.” she said. Fine.',
    ['He wrote ‘Why?’ and left.', '“Because.” she said.', 'Fine.'],
  ],
  ['**Q:** What is it?\n**A:** It is a test. Of course.', ['Q: What is it? A: It is a test.', 'Of course.']],
  [
    '---\n\nSection one is done.\n\n***\n\nSection two starts.',
    ['', 'Section one is done.', '', 'Section two starts.'],
  ],
  ['Here is `` a `tick` inside. `` ok. Go on with it.', ['Here is a tick inside. ok.', 'Go on with it.']],
  [
    'Unclosed **bold text goes. And more text. And more.',
    ['Unclosed bold text goes. And more text. And more.'],
  ],
  [
    'Unclosed `code goes on. And more text. And more.',
    ['Unclosed code goes on.', 'And more text. And more.'],
  ],
  [
    'Mixed: 1) alpha 2) beta 3) gamma. Done with it.',
    ['Mixed: one, alpha two, beta three, gamma.', 'Done with it.'],
  ],
  [
    '<details>\n<summary>More</summary>\n\nHidden text. It is here.\n\n</details>\n\nEnd of it.',
    ['More. Hidden text.', 'It is here. End of it.'],
  ],
  ['Reference [1] and [2, 3]. As shown in [4]. Good.', ['Reference and.', 'As shown in. Good.']],
  ['| A | B |\n|---|---|\n| `x.y` | **z. w** |\n', ['', 'A: x.y, B: z. w.']],
  [
    '**Step 1:** Do it.\n\n**Step 2:** Do more. e.g. this.',
    ['Step one: Do it. Step two: Do more. for example, this.'],
  ],
];

describe('an answer with markup', () => {
  it.each(ANSWERS)('%j', (written, spoken) => {
    for (const size of [1, 7, written.length]) {
      const stream = createSpeakableStream({ quickYield: false });
      const pieces = [];
      for (let at = 0; at < written.length; at += size)
        pieces.push(...stream.push(written.slice(at, at + size)));
      pieces.push(...stream.end());
      expect(pieces.map((piece) => piece.spoken)).toEqual(spoken);
      expect(
        pieces
          .map((piece) => piece.text)
          .join('')
          .replace(/\s/g, ''),
      ).toBe(written.replace(/\s/g, ''));
    }
  });

  it('keeps markup behind a line’s end with the next piece, however it comes', () => {
    for (const size of [1, 16]) {
      const stream = createSpeakableStream();
      const text = 'Hello\n# </think>';
      const pieces = [];
      for (let at = 0; at < text.length; at += size) pieces.push(...stream.push(text.slice(at, at + size)));
      expect([...pieces, ...stream.end()].map((piece) => piece.text)).toEqual(['Hello', '# </think>']);
    }
  });
});
