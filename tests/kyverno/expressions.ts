/** Expressions over `oddObjects`, one a line: what the two libraries might see in different ways. */
export const expressions: readonly string[] = String.raw`
has(object.spec.nothing)
has(object.spec.nothing.x)
has(object.spec.text.x)
has(object.spec.absent.x)
has(object.spec.map.z)
has(object.spec.nodeSelector) && object.spec.nodeSelector.size() == 0
has(object.metadata.namespace)
has(object.metadata.labels.b)
object.metadata.namespace == "default"
object.spec.nothing == null
object.spec.?nothing.hasValue()
object.spec.?nothing.?x.hasValue()
object.spec.?nothing.x.hasValue()
object.spec.?nothing.orValue(1) == null
object.spec.?text.?x.hasValue()
object.spec.?whole.?x.hasValue()
object.spec.?map.k.hasValue()
object.spec.?map.absent.hasValue()
object.spec.?absent.k.hasValue()
object.spec.?absent.?k.orValue("q") == "q"
object.spec.absent.?x.hasValue()
object.spec.nothing.?x.hasValue()
object.spec.text == 1
object.spec.whole == "3"
object.spec.whole == 3
object.spec.whole == 3.0
object.spec.half == 2
object.spec.half > 2
object.spec.whole > 2.5
object.spec.whole >= 3 && object.spec.whole <= 3
object.spec.whole < object.spec.half
object.spec.whole > size(object.spec.texts)
-1 < object.spec.whole
object.spec.text < 1
object.spec.text > "a"
"2" > "10"
object.spec.yes > 1
object.spec.nothing > 1
object.spec.yes == true
object.spec.yes == "true"
object.spec.whole != null
object.spec.whole != 1.5
1 in object.spec.mixed
2 in object.spec.mixed
2.5 in object.spec.mixed
"a" in object.spec.mixed
null in object.spec.mixed
"k" in object.spec.map
"absent" in object.spec.map
1 in object.spec.map
object.spec.text in ["text", "b"]
object.spec.whole in ["text", "b"]
object.spec.whole in [3.0, 2.0]
object.spec.nothing in ["a"]
"a" in object.spec.text
"a" in object.spec.nothing
object.spec.map == {"k": "v"}
object.spec.texts == ["aa", "bb"]
object.spec.numbers == [1, 2]
object.spec.numbers == [1.0, 2.0]
object.spec.mixed == null
object.spec.map != object.spec.texts
object.spec.map.all(k, k != "")
object.spec.map.exists(k, object.spec.map[k] == "v")
object.spec.map.map(k, k).size() == 2
object.spec.map.filter(k, k == "z").size() == 1
object.spec.text.all(c, true)
object.spec.nothing.all(c, true)
object.spec.whole.exists(c, true)
object.spec.mixed.exists(x, x.foo == 1)
object.spec.mixed.all(x, x == 1 || x == 2.5)
object.spec.mixed.exists(x, x == "a")
object.spec.mixed.exists(x, x > 2)
object.spec.mixed.exists(x, x == null)
object.spec.mixed.exists(x, x.startsWith("a"))
object.spec.mixed.all(x, x.startsWith("a"))
object.spec.mixed.exists_one(x, x == 1)
object.spec.mixed.filter(x, x > 1).size() == 1
object.spec.mixed.filter(x, x == 1).size() == 1
object.spec.mixed.map(x, x).size() == 5
object.spec.mixed.map(x, x == 1, x).size() == 1
object.spec.texts.all(s, s.contains("a") || s.contains("b"))
object.spec.texts.map(s, s + "x") == ["aax", "bbx"]
object.spec.containers.all(c, has(c.securityContext) && c.securityContext.privileged == false)
object.spec.containers.all(c, c.securityContext.?privileged.orValue(false) == false)
object.spec.containers.map(c, c.image).all(i, i.contains("n"))
size(object.spec.text) == 4
size(object.spec.nothing) == 0
size(object.spec.whole) == 0
object.spec.mixed.size() == 5
object.spec.absent || true
true || object.spec.absent
object.spec.absent && false
object.spec.text || true
object.spec.text && false
object.spec.text || false
object.spec.yes && object.spec.yes
object.spec.text ? true : false
object.spec.yes ? "a" == "b" : object.spec.mixed.size() == 5
object.spec.yes ? true : object.spec.absent
object.spec.mixed[0] == 1
object.spec.mixed[9] == 1
object.spec.mixed[-1] == 1
object.spec.mixed["a"] == 1
object.spec.mixed[?9].hasValue()
object.spec.mixed[?0].hasValue()
object.spec.?mixed[0].hasValue()
object.spec.?mixed[9].hasValue()
object.spec.map["k"] == "v"
object.spec.map["absent"] == "v"
object.spec.map[?"absent"].hasValue()
object.spec.map[0] == "v"
object.spec.text[0] == "t"
object.spec[?"text"].orValue("") == "text"
object.spec.?containers[?0].?image.hasValue()
object.spec.?containers[?7].?image.hasValue()
object.spec.text.startsWith("te")
object.spec.whole.startsWith("te")
object.spec.nothing.startsWith("te")
object.spec.text.matches("^t.*$")
object.spec.text.matches("t$")
object.spec.text.matches("^te(x|y)t$")
object.spec.whole.matches("^t")
object.spec.texts.join(",") == "aa,bb"
object.spec.mixed.join(",") == "aa,bb"
object.spec.text.split("e").size() == 2
object.spec.text.lowerAscii() == "text"
object.spec.text + 1 == "a"
object.spec.text + "x" == "textx"
object.spec.whole + 1 == 4
object.spec.whole + 1.5 == 4.5
object.spec.whole + object.spec.half == 5.5
object.spec.whole - 1 == 2
object.spec.whole / 2 == 1
size(object.spec.mixed) / 2 == 2
size(object.spec.mixed) / size(object.spec.containers) == 5
size(object.spec.mixed) % 2 == 1
object.spec.texts + object.spec.numbers == object.spec.numbers
object.spec.texts + ["c"] == ["aa", "bb", "c"]
object.spec.?texts.orValue([]) + object.spec.?absent.orValue([]) == ["aa", "bb"]
type(object.spec.text) == string
type(object.spec.whole) == int
type(object.spec.whole) == double
type(object.spec.nothing) == null_type
type(object.spec.mixed) == list
map == type(object.spec.map)
type(object.spec.absent) == map
!object.spec.yes
!object.spec.text
-object.spec.whole == -3
object.spec.text.orValue("q") == "text"
object.spec.absent.orValue("q") == "text"
object.spec.?text.orValue(object.spec.absent) == "text"
object.spec.?text.orValue(object.spec.whole) == "text"
object.spec.?absent.or(object.spec.?text).orValue("q") == "text"
object.spec.?absent.or(object.spec.?nothing).hasValue()
object.spec.?absent.value() == "text"
object.spec.?text.value() == "text"
object.spec.?text == optional.of("text")
object.spec.?texts.exists(s, s == "aa")
object.spec.?texts.size() == 2
object.spec.?map.orValue({}).exists(s, s == "k")
object.spec.?text.optMap(v, v + "x").orValue("") == "textx"
object.spec.?yes.orValue(true)
object.spec.?yes.orValue(true) == true
!(object.spec.?yes.orValue(false))
(object.spec.?yes.orValue(true)) ? true : false
object.metadata.labels.a == "1"
quantity(object.spec.size).isLessThan(quantity("1"))
quantity(object.spec.size).compareTo(quantity("0.1")) == 0
isQuantity(object.spec.text)
isQuantity(object.spec.whole)
quantity(object.spec.whole).isLessThan(quantity("1"))
quantity(object.spec.text).isGreaterThan(quantity("1"))
cel.bind(x, object.spec.text, x == "text")
string(object.spec.whole) == "3"
int(object.spec.size) == 3
dyn(object.spec.text) == 3
dyn(1) < 1.5
[1, "a"].size() == 2
[object.spec.text, "x"].size() == 2
{"a": 1, "b": "x"}.size() == 2
[[1], [2]].size() == 2
[].size() == 0
{}.size() == 0
object.spec == object.spec
object == null
'x' in ["x"] && "\u0041\x41\101\n" == "AAA\n"
r'\d' == "\\d"
'''it's''' == "it's"
"a" == 1
1 == 1.0
1 < 1.5
request.operation == "CREATE"
object.spec.texts.exists(object, object == "aa")
`
  .trim()
  .split('\n')
