// head
let x=1;// one
let f=(a:long,T:(*)){let z=1;T|where a>1// why
|count};
// main
T|where a==1 // first
// before join
|join kind=inner (U|where b in(1,2)// in join
|project b) on b|take 5 // last
// tail
----
// head
let x = 1; // one
let f = (a: long, T: (*)) {
    let z = 1;
    T
    | where a > 1 // why
    | count
};
// main
T
| where a == 1 // first
// before join
| join kind=inner (
    U
    | where b in (1, 2) // in join
    | project b
) on b
| take 5 // last
// tail

union isfuzzy=true (A|take 1),B*|fork (count) (where x|count)|mv-apply e=d on (where e==1|count)|extend y=toscalar(Z|summarize max(q))
----
union isfuzzy=true (
    A
    | take 1
), B*
| fork
    (
        count
    )
    (
        where x
        | count
    )
| mv-apply e = d on (
    where e == 1
    | count
)
| extend y = toscalar(
    Z
    | summarize max(q)
)

T | scan declare (a: long) with (step s: x => a = 1; step t: y;) | macro-expand G as X (let y = 1; X.T | take y)
----
T
| scan declare (a: long) with (
    step s : x => a = 1;
    step t : y;
)
| macro-expand G as X (
    let y = 1;
    X.T
    | take y;
)

datatable(a: long)[
1, // one
2 // two
]
| take 1
----
datatable(a: long)[1, 2]
// one
// two
| take 1
