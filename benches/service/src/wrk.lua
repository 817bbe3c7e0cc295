-- The requests of wrk. Before this come `people`, `person` (the first), `path`, `parts` (the body around the address, and around the state
-- where there is one), `states` (by kind of person) and the words that addresses are made of.

-- Far apart in the ledger, and every recipient comes once before any comes again.
local step = math.floor(people * 0.6180339887) + 1
local function divisor(a, b) while b ~= 0 do a, b = b, a % b end return a end
while divisor(step, people) ~= 1 do step = step + 1 end

local head = "POST " .. path .. " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: "
local floor = math.floor

-- As `population.rs` has them.
local function email(n)
  return names[floor(n / 100) % 8 + 1] .. "." .. families[floor(n / 7) % 8 + 1] .. string.format("%d", n) ..
    "@" .. domains[floor(n / 3) % 8 + 1]
end

local function kind(n)
  local hundredth = (n * 61 + floor(n / 100) * 17) % 100
  if hundredth < 50 then return 1 elseif hundredth < 80 then return 2 elseif hundredth < 90 then return 3
  elseif hundredth < 95 then return 4 else return 5 end
end

function request()
  person = (person + step) % people
  local body = parts[1] .. email(person) .. parts[2]
  if parts[3] then body = body .. states[kind(person)] .. parts[3] end
  return head .. #body .. "\r\n\r\n" .. body
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'figures {"requests":%d,"duration":%d,"errors":%d,"mean":%.2f,"p50":%d,"p99":%d,"p999":%d,"max":%d}\n',
    summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency.mean, latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max))
end
